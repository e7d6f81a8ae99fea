import { createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { labels } from '../../crypto/labels.ts';
import type { Person } from '../backend/backend.ts';
import '../canary.ts';
import type { SystemKeys } from '../system-layer/index.ts';

/** What the server proves, a key for each. */
export const PURPOSES = [
	...(['begin', 'elevate', 'recover', 'enroll', 'confirm', 'disable', 'renew', 'count'] as const),
	...(['ask-passkey', 'try-passkey', 'passkey', 'enroll-passkey', 'take-passkey', 'add-passkey'] as const)
] as const;

export type Purpose = (typeof PURPOSES)[number];

/** A key as the database has it. */
export interface ProofKey {
	purpose: Purpose;
	/** Id of the system key that it is derived from. */
	kid: number;
	/** 32 bytes. */
	key: Buffer;
}

/** The server's word about one person and session, as the database's functions take it. */
export interface Proof {
	kid: number;
	/** 128 random bits, so that it is taken once. */
	nonce: string;
	/** Seconds since 1970. */
	expiry: number;
	/** HMAC-SHA-256 over `purpose|v1|kid|user|session|detail|nonce|expiry`, base64url; without user and session where it is about nobody. */
	mac: string;
}

/**
 * Proves to the database what only the server can check, such as that a code was right. The database believes it for the
 * key that both have, and gives nobody more rows for it than they have themselves.
 */
export interface Prover {
	/** Id of the key it proves with. */
	kid: number;
	/**
	 * @param person whom it is about; null for what the server says of its own, to a function that is asked without a token.
	 * @param detail what is proven: the time step of a code, the hash of a recovery code, ...
	 */
	prove(purpose: Purpose, person: Pick<Person, 'id' | 'session'> | null, detail: string): Proof;
}

/** Seconds that a proof holds; the database's clock may be off by less. */
const HOLDS = 120;

/** Every key that the database must have: HKDF-SHA-256(system key, "arca/1 proof|purpose"), 32 bytes, for each of the ring. */
export function proofKeys({ keys }: SystemKeys): ProofKey[] {
	return [...keys].flatMap(([kid, key]) => PURPOSES.map((purpose) => ({ purpose, kid, key: derive(key, purpose) })));
}

/** @param now milliseconds, for tests. */
export function createProver(ring: SystemKeys, now: () => number = Date.now): Prover {
	const kid = ring.active;
	const active = proofKeys({ active: kid, keys: new Map([...ring.keys].filter(([id]) => id === kid)) });
	const keys = new Map(active.map(({ purpose, key }) => [purpose, createSecretKey(key)]));
	return {
		kid,
		prove(purpose, person, detail) {
			const key = keys.get(purpose);
			if (!key) throw new Error(`no key to prove ${purpose}`);
			const nonce = randomBytes(16).toString('base64url');
			const expiry = Math.floor(now() / 1000) + HOLDS;
			const about = person ? [person.id, person.session] : [];
			const said = [purpose, 'v1', kid, ...about, detail, nonce, expiry].join('|');
			return { kid, nonce, expiry, mac: createHmac('sha256', key).update(said).digest('base64url') };
		}
	};
}

function derive(key: KeyObject, purpose: Purpose): Buffer {
	return Buffer.from(hkdfSync('sha256', key, '', `${labels.proof}|${purpose}`, 32));
}
