import { openInPlace, sealInPlace } from './aes-gcm.ts';
import { allocateInPieces } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { eachOf } from './each-of.ts';
import type { Bytes } from './bytes.ts';
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
	const bytesOf = allocateForRecords();
	return eachOf(records, (record) => sealRecord(into, author, record, bytesOf));
}

/** Where the memory of plains and of envelopes comes from, each from pieces of its own. */
export interface RecordMemory {
	plain: Allocate<ArrayBuffer>;
	envelope: Allocate<ArrayBuffer>;
}

/** The memory for many records: their envelopes are views of larger pieces. */
export function allocateForRecords(): RecordMemory {
	return { plain: allocateInPieces(), envelope: allocateInPieces() };
}

/** `sealRecords` for one. */
export async function sealRecord(
	into: SealingDomain,
	author: { id: string; signer: Signer },
	{ json, id, revision }: RecordToSeal,
	bytesOf: RecordMemory
): Promise<Bytes> {
	const place = { entity: into.entity, domain: into.domain, id, revision };
	return sealBody(into, place, await signPlain(place, author, json, bytesOf.plain), undefined, bytesOf.envelope);
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
	bytesOf = allocateForRecords()
): Promise<Bytes | null> {
	const place = { entity: from.entity, domain: from.domain, id, revision };
	const plain = await openBody(from, place, envelope).catch(() => null);
	if (!plain || !isSigned(plain)) return null;
	return sealBody(to, place, plain, undefined, bytesOf.envelope);
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
