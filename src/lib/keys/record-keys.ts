import type { Domain } from '../api/ids.ts';
import type { Plain } from '../api/record.ts';
import type { Bytes } from '../crypto/bytes.ts';

/**
 * The generations of a domain's key that the accepted roster names. New bodies are sealed under `current`; bodies below
 * `oldest` are refused. `oldest` 0: the domain is being switched on, and bodies without a user layer are still read.
 */
export interface DomainLayer {
	oldest: number;
	current: number;
}

/** A body and the place it is sealed in: record id, and the revision (decimal) it will have. */
export interface BodyToSeal {
	id: string;
	rev: string;
	plain: Plain;
}

/** An envelope of the user layer, base64url, and the generation of the domain key that sealed it. */
export interface SealedBody {
	sealed: string;
	generation: number;
}

/** An envelope in the place it must have been sealed in. */
export interface BodyToOpen extends SealedBody {
	id: string;
	rev: string;
}

/**
 * Why a body is not shown. `cannot-open`: altered, moved, or sealed with another key. `no-key`: this person holds no key
 * of that generation. `author`: the signature does not hold, or its author never had the right to write there.
 * `retired`: a generation below the oldest that the roster still allows.
 */
export type Unread = 'cannot-open' | 'no-key' | 'author' | 'retired';

/** `author` is the account that signed the body: what is shown, not the row's own column. */
export type Opened = { ok: true; plain: Plain; author: string } | { ok: false; why: Unread };

/** What the layers below the screens ask of the keys: which domains have a user layer, and bodies in and out of it. */
export interface RecordKeys {
	/** A domain's generations by the accepted roster; null where it has no user layer. Known after unlock and accept. */
	layer(entity: string, domain: Domain): DomainLayer | null;

	/**
	 * Signs, pads and seals bodies under the current generation; one envelope each, in order, with fresh nonces: what is
	 * sent a second time must be what came out the first time.
	 * @throws KeysError `keys/locked` once the keys are gone, `keys/no-layer` where the domain has no user layer;
	 * CryptoError `crypto/no-key` where this person holds no key of the current generation
	 */
	seal(entity: string, domain: Domain, bodies: readonly BodyToSeal[]): Promise<SealedBody[]>;

	/**
	 * Opens envelopes, in order, each by itself: a bad one stops no other.
	 * @throws KeysError `keys/locked` once the keys are gone
	 */
	open(entity: string, domain: Domain, rows: readonly BodyToOpen[]): Promise<Opened[]>;

	/**
	 * Seals texts that this device keeps of domains with a user layer (drafts, bodies that wait), under a key of its own
	 * that is kept sealed with the account key. `name` is authenticated and holds no zero character.
	 * @returns an envelope each, in order
	 * @throws KeysError `keys/locked` once the keys are gone; CryptoError `crypto/input` on a lone surrogate
	 */
	sealLocal(texts: readonly { name: string; text: string }[]): Promise<Bytes[]>;

	/**
	 * The texts that `sealLocal` sealed; null for one that does not open under this name. `sealed` is handed over, each in
	 * memory of its own: who asks has none of it afterwards.
	 * @throws KeysError `keys/locked` once the keys are gone
	 */
	openLocal(texts: readonly { name: string; sealed: Bytes }[]): Promise<(string | null)[]>;

	/** Whether an envelope was sealed under the key that `sealLocal` seals with, and not an older one: what it says of itself. */
	isLocalNewest(sealed: Bytes): boolean;
}
