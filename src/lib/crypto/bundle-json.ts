import { fromBase64url, toBase64url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import type { RosterMark } from './accept-rosters.ts';
import { CryptoError } from './crypto-error.ts';
import type { PrivateIdentity } from './identity.ts';
import type { KdfParameters } from './kdf.ts';
import { isUtcTime } from './record-plain.ts';
import { putSecrets, takeSecrets } from './secret-members.ts';
import { isU32 } from './u32.ts';
import { isUuid } from './uuid.ts';

/** Whom a person knows another user to be. */
export interface Pin {
	/** The base64url of the identity's hash. */
	identity: string;
	/** Whether the safety number of this identity was compared. */
	verified: boolean;
	/** Since when it is pinned, RFC 3339 in UTC. */
	since: string;
}

/** What a bundle holds. */
export interface Bundle {
	identity: PrivateIdentity;
	/** By user id. */
	pins: Map<string, Pin>;
	/** The newest roster that was accepted, by entity id. */
	rosters: Map<string, RosterMark>;
	/** The highest parameters of the slot "password" so far. */
	params: KdfParameters;
}

/**
 * A bundle as JSON in UTF-8. It holds key material: it stays in the key worker, and whoever has it zero-fills it.
 * The private keys are never strings in it: see `secret-members.ts`.
 */
export function writeBundle({ identity, pins, rosters, params }: Bundle): Bytes {
	return putSecrets({ kem: identity.kem, sign: identity.sign }, ({ kem, sign }) =>
		JSON.stringify({
			v: 1,
			kem,
			sign,
			pins: Object.fromEntries(
				[...pins].map(([user, pin]) => [user, { identity: pin.identity, verified: pin.verified, since: pin.since }])
			),
			rosters: Object.fromEntries(
				[...rosters].map(([entity, { epoch, counter, hash }]) => [entity, { epoch, counter, hash }])
			),
			params: [params.m, params.t, params.p]
		})
	);
}

/**
 * The bundle of a JSON text in UTF-8, with nothing in it that version 1 does not know. The private keys are written over
 * in the text.
 * @throws CryptoError `crypto/cannot-open` on anything else.
 */
export function parseBundle(text: Uint8Array): Bundle {
	try {
		const taken = takeSecrets(text, ['kem', 'sign']);
		const bundle = object(taken.object, ['v', 'kem', 'sign', 'pins', 'rosters', 'params']);
		const [kem, sign] = taken.secrets;
		if (bundle['v'] !== 1 || !kem || !sign) throw new CryptoError('crypto/cannot-open');
		return {
			identity: { kem, sign },
			pins: byId(bundle['pins'], readPin),
			rosters: byId(bundle['rosters'], readRoster),
			params: readParameters(bundle['params'])
		};
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}

function readPin(value: unknown): Pin {
	const { identity, verified, since } = object(value, ['identity', 'verified', 'since']);
	if (typeof verified !== 'boolean' || !isUtcTime(since)) throw new CryptoError('crypto/cannot-open');
	return { identity: hashText(identity), verified, since };
}

function readRoster(value: unknown): RosterMark {
	const { epoch, counter, hash } = object(value, ['epoch', 'counter', 'hash']);
	return { epoch: count(epoch), counter: count(counter), hash: hashText(hash) };
}

function readParameters(value: unknown): KdfParameters {
	if (!Array.isArray(value) || value.length !== 3) throw new CryptoError('crypto/cannot-open');
	const [m, t, p] = value as unknown[];
	return { m: count(m), t: count(t), p: count(p) };
}

function byId<Value>(value: unknown, read: (value: unknown) => Value): Map<string, Value> {
	const entries = Object.entries(object(value));
	if (!entries.every(([id]) => isUuid(id))) throw new CryptoError('crypto/cannot-open');
	return new Map(entries.map(([id, entry]) => [id, read(entry)]));
}

function object(value: unknown, members?: readonly string[]): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new CryptoError('crypto/cannot-open');
	const unknown = members && Object.keys(value).some((name) => !members.includes(name));
	if (unknown) throw new CryptoError('crypto/cannot-open');
	return value as Record<string, unknown>;
}

function bytes32(value: unknown): Bytes {
	const read = typeof value === 'string' ? fromBase64url(value) : undefined;
	if (read?.length !== 32) throw new CryptoError('crypto/cannot-open');
	return read;
}

/** The text of 32 bytes. */
function hashText(value: unknown): string {
	return toBase64url(bytes32(value));
}

/** A whole number from 1 on that fits a u32. */
function count(value: unknown): number {
	if (typeof value !== 'number' || !isU32(value) || value < 1) throw new CryptoError('crypto/cannot-open');
	return value;
}
