import { openInPlace, sealInPlace } from './aes-gcm.ts';
import { allocateInPieces } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { eachOf } from './each-of.ts';
import type { Bytes } from './bytes.ts';
import { envelopeOverhead, sealedAt } from './envelope.ts';
import type { Signer } from './ed25519.ts';
import { readSignedPlain, signPlain } from './signed-plain.ts';
import type { RecordPlace } from './signed-plain.ts';

/** A domain of an entity, and one generation of its key in use (`bodyKey`). */
export interface SealingDomain {
	entity: string;
	domain: string;
	generation: number;
	key: CryptoKey;
}

/** A record's JSON, and where it will stand. */
export interface RecordToSeal {
	id: string;
	revision: bigint;
	json: string;
}

/**
 * Signs, pads and seals records: one U envelope each, in order, under a fresh nonce. What is sent a second time must be
 * what came out the first time. The envelopes are views of larger memory.
 * @throws CryptoError `crypto/input` when one is no record, or its place one that the format has no room for: then none
 * is sealed.
 */
export async function sealRecords(
	into: SealingDomain,
	author: { id: string; signer: Signer },
	records: readonly RecordToSeal[]
): Promise<Bytes[]> {
	const bytesOf = allocateInPieces();
	return eachOf(records, (record) => sealRecord(into, author, record, bytesOf));
}

/** `sealRecords` for one. */
export async function sealRecord(
	into: SealingDomain,
	author: { id: string; signer: Signer },
	{ json, id, revision }: RecordToSeal,
	bytesOf: Allocate<ArrayBuffer>
): Promise<Bytes> {
	const place = { entity: into.entity, domain: into.domain, id, revision };
	// Where the ciphertext will be: no plain is left behind.
	const within = (size: number): Bytes => bytesOf(envelopeOverhead + size).subarray(sealedAt, sealedAt + size);
	const plain = await signPlain(place, author, json, within);
	const envelope = new Uint8Array(plain.buffer, plain.byteOffset - sealedAt, plain.length + envelopeOverhead);
	return sealBody(into, place, plain, undefined, () => envelope);
}

/** A body that was sealed under an older generation, and where it stands. */
export interface RecordToReseal {
	id: string;
	revision: bigint;
	envelope: Bytes;
}

/**
 * Seals a body under another generation: the same JSON, author, signature and revision. Whether the signature holds is
 * for readers to find; what does not open is not carried over.
 * @returns the new envelope; null for a body that did not open.
 */
export async function resealRecord(
	from: SealingDomain,
	to: SealingDomain,
	{ id, revision, envelope }: RecordToReseal,
	bytesOf?: Allocate<ArrayBuffer>
): Promise<Bytes | null> {
	const place = { entity: from.entity, domain: from.domain, id, revision };
	const plain = await openBody(from, place, envelope).catch(() => null);
	if (!plain || !isSigned(plain)) return null;
	return sealBody(to, place, plain, undefined, bytesOf);
}

function isSigned(plain: Bytes): boolean {
	try {
		return readSignedPlain(plain) !== undefined;
	} catch {
		return false;
	}
}

/**
 * Seals the plain of one record in its place.
 * @param nonce drawn here; only the published vectors give their own.
 * @throws CryptoError `crypto/input` on a place that the format has no room for.
 */
export function sealBody(
	into: SealingDomain,
	place: RecordPlace,
	plain: Bytes,
	nonce?: Bytes,
	bytesOf?: Allocate<ArrayBuffer>
): Promise<Bytes> {
	return sealInPlace(into.key, headerOf(into), envelopePlace(place), plain, nonce, bytesOf);
}

/**
 * The plain of a record sealed under this generation in this place.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export function openBody(from: SealingDomain, place: RecordPlace, envelope: Bytes): Promise<Bytes> {
	return openInPlace(from.key, headerOf(from), envelopePlace(place), envelope);
}

function headerOf({ generation }: { generation: number }): { layer: 'U'; keyNumber: number } {
	return { layer: 'U', keyNumber: generation };
}

function envelopePlace({ entity, domain, id, revision }: RecordPlace) {
	return { purpose: 'record', entity, domain, object: id, revision } as const;
}
