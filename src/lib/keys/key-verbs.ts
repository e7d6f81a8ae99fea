import type { Domain } from '../api/ids.ts';
import type { BundleText, IdentitiesAnswer, KeysAnswer, PutKeys } from '../api/keys.ts';
import type { Grant, Roster, RosterPost } from '../api/rosters.ts';
import type { RosterMark } from '../crypto/accept-rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { RosterMember } from '../crypto/roster.ts';
import type { DeviceSlotKey } from './account.ts';
import type {
	BodyColumns,
	OpenedColumns,
	PlacedColumns,
	ResealColumns,
	ResealedColumns,
	SealedColumns
} from './columns.ts';
import type { NamedPart, SealedPart } from './file-keys.ts';
import type { ReadPin } from './held-pin.ts';
import type { NamedShare, ShareKey } from './share-keys.ts';
import type { RosterStep } from './entity-rosters.ts';
import type { Resetting } from './reset-account.ts';
import type { DomainLayer } from './record-keys.ts';

/** Argon2id parameters as they travel: memory in KiB, passes, lanes. */
export type Params = [m: number, t: number, p: number];

/** What this device remembers of an account's keys: anything below it was rolled back. */
export interface SeenKeys {
	/** The highest version of the keys, and of the bundle. */
	version: number;
	bundle: number;
	/** The highest parameters of the password's derivation. */
	params: Params;
}

/**
 * What opens the account key: a password (UTF-8 as typed), a recovery code, this device, what its authenticator gave (32
 * bytes), or the share that the server gave (base64url) for the PIN of the `readPin` before.
 */
export type Opener =
	| { password: Bytes }
	| { recoveryCode: string }
	| (DeviceSlotKey & { wrapped: string })
	| { share: string; wrapped: string };

/** All that is served of an entity's keys; nothing of it is believed before it is verified. */
export interface ServedEntity {
	entity: string;
	/** The chain, oldest first. */
	rosters: readonly Roster[];
	grants: readonly Grant[];
	/** Identities and succession statements by person. */
	people: readonly (IdentitiesAnswer & { id: string })[];
	/** The newest roster that this device saw; the bundle's own mark counts as well. */
	seen?: RosterMark | undefined;
}

/** What is known of an entity once its rosters are accepted. */
export interface EntityView {
	entity: string;
	mark: RosterMark;
	members: readonly RosterMember[];
	/** The person's row names an identity from before this one: nothing is granted by it any more. */
	isBehind: boolean;
	layers: readonly (DomainLayer & { domain: Domain; since: string })[];
}

/** What is handed out to be put; its `ticket` tells `settle` which of them the server took. */
export interface ToPut<Put> {
	put: Put;
	ticket: number;
}

/** New keys to put, and the recovery code to show once. */
export interface NewKeys extends ToPut<PutKeys> {
	recoveryCode: string;
}

/** Keys of the person from before, and what opens them. */
export interface EarlierAccount {
	keys: KeysAnswer;
	by: Opener;
}

/** The keys for what this device keeps. */
export interface TakenLocalKeys {
	/** What is to be kept of them, base64url: the one that seals first, then older ones, then those that do not open. */
	kept: string[];
	/** The number of the one that seals. */
	newest: number;
	/** How many more open, and how many do not. */
	older: number;
	closed: number;
}

/**
 * What the key worker does; one input, one answer, both copied over (bytes of an answer are handed over). No answer holds a key, but for the recovery code
 * that a person must see. Throws CryptoError and KeysError, of which the codes travel.
 */
export interface KeyVerbs {
	/**
	 * Loads what derives from a password, and takes the memory for it: to be called while what is to be unlocked is still
	 * asked for. Where it fails, deriving tries again.
	 */
	prepare(input: null): Promise<void>;
	/** Draws everything for the first time. The keys are held once the server took them (`settle`). */
	turnOn(input: { user: string; password: Bytes; entities: readonly string[] }): Promise<NewKeys>;
	/**
	 * Opens the account key, then the bundle. Nothing of what was held before stays. False where the account key opened and
	 * the bundle did not: whoever has a session can put one that nobody opens. Earlier ones are for `tryBundle` then.
	 */
	unlock(input: {
		user: string;
		keys: KeysAnswer;
		bundle: BundleText;
		by: Opener;
		seen?: SeenKeys | undefined;
	}): Promise<boolean>;
	/** Goes on with the account key of an `unlock` that was false, and an earlier bundle. */
	tryBundle(input: { bundle: BundleText }): Promise<boolean>;
	/**
	 * Verifies an entity's chain and takes the keys that were granted. Null where there is no roster, and neither this
	 * device nor the bundle knows of one. Throws KeysError `keys/changed-elsewhere` where the person goes by a later identity
	 * than this one.
	 */
	accept(input: ServedEntity): Promise<EntityView | null>;
	/** The account key wrapped for this device's slot, or under what its authenticator gave (32 bytes), base64url. */
	wrapForDevice(input: DeviceSlotKey): Promise<string>;
	/** Stretches a PIN (UTF-8) and holds on to that, for one `wrapForPin` or `unlock`; without a salt one is drawn. */
	readPin(input: { pin: Bytes; salt: string | null }): Promise<ReadPin>;
	/** The account key wrapped under the PIN that was read and the server's share of it, base64url. */
	wrapForPin(input: { share: string }): Promise<string>;

	seal(input: { entity: string; domain: Domain } & PlacedColumns): Promise<SealedColumns>;
	open(input: { entity: string; domain: Domain } & BodyColumns): Promise<OpenedColumns>;
	/**
	 * The keys for what this device keeps, as it kept them last (base64url): opened with the account keys that were opened
	 * in this visit, and with that of `earlier`. To be called after every `unlock` and `settle`.
	 */
	takeLocal(input: { kept: readonly string[]; earlier?: EarlierAccount | undefined }): Promise<TakenLocalKeys>;
	/** What `takeLocal` gave is on the disk: the newest of these keys seals from now on. */
	useLocal(input: null): Promise<void>;
	/** Envelopes of texts as `writeText` writes them; each takes the memory of its text. */
	sealLocal(input: readonly { name: string; text: Bytes }[]): Promise<Bytes[]>;
	/** The texts as UTF-8, each in memory of its own. */
	openLocal(input: readonly { name: string; sealed: Bytes }[]): Promise<(Bytes | null)[]>;

	/** Draws the key of a new content. Gives the name by which the page knows it: in `seal` and `sealLocal` the key stands there. */
	drawFileKey(input: null): Promise<string>;
	/** Seals a part of a file; and the SHA-256 of it. */
	sealPart(input: NamedPart & { bytes: Bytes }): Promise<SealedPart>;
	/** The content of a part that has `size` bytes of it; see FileKeys. */
	openPart(input: NamedPart & { size: number; bytes: Bytes }): Promise<Bytes>;
	/** Draws a pair for what is shared with this device while it is locked. */
	drawShareKey(input: null): Promise<ShareKey>;
	/** What tells of shared files, UTF-8; see openNamedShare. */
	openShare(input: NamedShare): Promise<Bytes>;

	/** The bundle to put next, where what is in it has changed since it was put; null where not. */
	nextBundle(input: null): Promise<ToPut<BundleText> | null>;
	/** The bundle as it is, of a version that was put before: for a server that was restored to before that. */
	bundleAgain(input: { version: number }): Promise<BundleText>;
	/** Takes in a newer bundle, which another device put: of each entity the newer roster stays marked. */
	mergeBundle(input: { bundle: BundleText }): Promise<void>;
	/** What was handed out under this ticket was taken by the server, and holds from now on; or it was not. */
	settle(input: { ticket: number; taken: boolean }): Promise<void>;

	/** The entities of which the bundle keeps that there are rosters. */
	known(input: null): Promise<string[]>;
	/** The roster that names the person by this identity where one before it stood, with new keys of the domains. */
	moveOwn(input: { entity: string }): Promise<RosterPost>;
	/** The first roster of an entity that the person owns and that has none yet. */
	found(input: { entity: string }): Promise<RosterPost>;
	/** The next roster of an entity with its grants. Its keys are taken when it comes back by `accept`. */
	nextRoster(input: { entity: string; domain: Domain; step: RosterStep }): Promise<RosterPost>;
	/** Rosters of the accepted chain as they are posted again to a server that was restored to before them. */
	postAgain(input: { entity: string; rosters: readonly Roster[] }): Promise<RosterPost[]>;
	/**
	 * Seals bodies under the current generation: plain ones signed by this person, sealed ones as their author signed them.
	 * One that cannot be opened is told by `anew`.
	 * @param asOf what a restored server has of the chain, where its bodies are under keys that were retired since
	 */
	reseal(
		input: {
			entity: string;
			domain: Domain;
			asOf?: Pick<ServedEntity, 'rosters' | 'grants'> | undefined;
		} & ResealColumns
	): Promise<ResealedColumns>;

	/** Everything new under another password, with the next roster of those of the entities that the person owns. */
	change(input: { password: Bytes; entities: readonly string[] }): Promise<NewKeys>;
	/** Everything new without the old password. The keys are held once the server took them. */
	reset(input: Resetting): Promise<NewKeys>;
	/** A new recovery slot, under the same identity. */
	renewRecoveryCode(input: null): Promise<NewKeys>;
	revokeRecoveryCode(input: null): Promise<ToPut<PutKeys>>;
}

export type KeyVerb = keyof KeyVerbs;
