import type { BundleText, Slots } from '../api/keys.ts';
import type { RosterMark } from '../crypto/accept-rosters.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { wrapForBiometric } from '../crypto/biometric-slot.ts';
import type { Bundle } from '../crypto/bundle-json.ts';
import { openBundle, sealBundle } from '../crypto/bundle.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { wrapForDevice } from '../crypto/device-slot.ts';
import { hkdfAesKey } from '../crypto/hkdf.ts';
import type { KdfParameters } from '../crypto/kdf.ts';
import { labels } from '../crypto/labels.ts';
import { isNewerMark } from '../crypto/newer-mark.ts';
import { wrapForPin } from '../crypto/pin-slot.ts';
import { HeldBytes } from './held-bytes.ts';
import type { HeldPin } from './held-pin.ts';
import type { OwnIdentity } from './own-identity.ts';

/** What a bundle says of others, without the private keys. */
export type BundleFacts = Omit<Bundle, 'identity'>;

/** What wraps the account key on a device: its own key, or what its authenticator gives (32 bytes). */
export type DeviceSlotKey = { deviceKey: CryptoKey } | { prf: Bytes };

/** What seals the keys for what a device keeps of domains with a user layer. */
export function cacheKeyOf(accountKey: Bytes): Promise<CryptoKey> {
	return hkdfAesKey(accountKey, labels.accountCache);
}

/** A person's opened account: the account key, the identity, and what the bundle keeps. */
export class Account {
	readonly self: OwnIdentity;
	readonly key: HeldBytes;
	/** Seals the keys for what the device keeps of domains with a user layer. */
	readonly cacheKey: CryptoKey;
	readonly facts: BundleFacts;
	/** Versions of the keys and of the bundle that the server has. */
	keysVersion: number;
	bundleVersion: number;
	slots: Slots;
	/** The facts as they were last put, to know whether they have changed since. */
	#put: string;

	private constructor(
		[self, key, cacheKey]: [OwnIdentity, HeldBytes, CryptoKey],
		facts: BundleFacts,
		{ keysVersion, bundleVersion, slots }: { keysVersion: number; bundleVersion: number; slots: Slots }
	) {
		[this.self, this.key, this.cacheKey, this.facts] = [self, key, cacheKey, facts];
		[this.keysVersion, this.bundleVersion, this.slots] = [keysVersion, bundleVersion, slots];
		this.#put = textOf(facts);
	}

	/** Takes the account key over: it is zero-filled. */
	static async open(
		self: OwnIdentity,
		accountKey: Bytes,
		facts: BundleFacts,
		put: { keysVersion: number; bundleVersion: number; slots: Slots }
	): Promise<Account> {
		const cacheKey = await cacheKeyOf(accountKey);
		return new Account([self, await HeldBytes.hold(accountKey), cacheKey], facts, put);
	}

	get user(): string {
		return this.self.user;
	}

	get params(): KdfParameters {
		return this.facts.params;
	}

	/** The account key wrapped for a device's slot, or under what its authenticator gave, which is zero-filled; base64url. */
	async wrapForDevice(by: DeviceSlotKey): Promise<string> {
		if ('deviceKey' in by)
			return this.key.use(async (key) => toBase64url(await wrapForDevice(by.deviceKey, this.user, key)));
		return this.key
			.use(async (key) => toBase64url(await wrapForBiometric(by.prf, this.user, key)))
			.finally(() => by.prf.fill(0));
	}

	/** The account key wrapped under the PIN that was read and the server's share (base64url), base64url. */
	async wrapForPin(pin: HeldPin, share: string): Promise<string> {
		return this.key.use((key) =>
			pin.use(this.user, share, async (slot, halves) => toBase64url(await wrapForPin(slot, halves, key)))
		);
	}

	/** Notes the newest roster that was accepted of an entity. */
	mark(entity: string, mark: RosterMark): void {
		this.facts.rosters.set(entity, mark);
	}

	/**
	 * What the server has on top of the bundle that was opened is not one of ours: the next goes on top of that.
	 * @param version of the newest that the server has
	 */
	goOnFrom(version: number): void {
		this.bundleVersion = version;
		this.#put = '';
	}

	/** Is there anything in the bundle that the server does not have? */
	get changed(): boolean {
		return textOf(this.facts) !== this.#put;
	}

	/** The bundle as it is put next. */
	async nextBundle(): Promise<BundleText> {
		return this.bundleOf(this.bundleVersion + 1);
	}

	/** The bundle as it is now, sealed as that version. */
	async bundleOf(version: number): Promise<BundleText> {
		const sealed = await this.key.use((accountKey) =>
			this.self.use((identity) => sealBundle(accountKey, this.user, version, { ...this.facts, identity }))
		);
		return { version, sealed: toBase64url(sealed) };
	}

	/**
	 * Takes in a newer bundle of the same identity. Of each entity the newer mark stays, of each person the newer pin.
	 * @throws CryptoError `crypto/rolled-back` for an older one, and for another of the same version; else what `openBundle`
	 * throws
	 */
	async merge({ version, sealed }: BundleText): Promise<void> {
		const { identity } = this.self;
		const opened = await this.key.use((accountKey) =>
			openBundle(accountKey, this.user, version, fromBase64url(sealed), identity, this.bundleVersion)
		);
		for (const seed of [opened.identity.kem, opened.identity.sign]) seed.fill(0);
		if (version === this.bundleVersion && textOf(opened) !== this.#put) throw new CryptoError('crypto/rolled-back');
		this.#put = textOf(opened);
		this.bundleVersion = version;
		for (const [entity, mark] of opened.rosters) {
			const own = this.facts.rosters.get(entity);
			if (!own || isNewerMark(mark, own)) this.facts.rosters.set(entity, mark);
		}
		for (const [user, pin] of opened.pins) {
			const own = this.facts.pins.get(user);
			if (!own || Date.parse(pin.since) >= Date.parse(own.since)) this.facts.pins.set(user, pin);
		}
	}

	/** What goes back when the server has taken the bundle: later facts than those it has stay noted as changed. */
	putting(): (version: number) => void {
		const text = textOf(this.facts);
		return (version) => {
			this.bundleVersion = version;
			this.#put = text;
		};
	}
}

function textOf({ pins, rosters, params }: BundleFacts): string {
	return JSON.stringify([[...pins].sort(), [...rosters].sort(), params]);
}
