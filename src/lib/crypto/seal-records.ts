import { openInPlace, sealInPlace } from './aes-gcm.ts';
import { eachOf } from './each-of.ts';
import type { Bytes } from './bytes.ts';
import { plainWithin } from './envelope.ts';
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

/** Where a record stands, and the memory of its envelope. */
export interface RecordInPlace {
	id: string;
	revision: bigint;
	envelope: Bytes;
}

/**
 * Signs, pads and seals records where they are: each `envelope` is as `layOutJson` wrote it, and is one U envelope
 * under a fresh nonce afterwards. What is sent a second time must be what came out the first time.
 * @throws CryptoError `crypto/input` when one was not laid out, or its place is one that the format has no room for: then
 * none of the memory is to be used.
 */
export async function sealRecords(
	into: SealingDomain,
	author: { id: string; signer: Signer },
	records: readonly RecordInPlace[]
): Promise<void> {
	await eachOf(records, (record) => sealRecord(into, author, record));
}

/** `sealRecords` for one. */
export async function sealRecord(
	into: SealingDomain,
	author: { id: string; signer: Signer },
	{ id, revision, envelope }: RecordInPlace
): Promise<void> {
	const place = { entity: into.entity, domain: into.domain, id, revision };
	const plain = plainWithin(envelope);
	await signPlain(place, author, plain);
	await sealBody(into, place, plain, undefined, envelope);
}

/**
 * Seals a body under another generation, where it is: the same JSON, author, signature and revision. Whether the
 * signature holds, and whether the JSON is a record, is for readers to find; what does not open is not carried over.
 * @returns false for a body that did not open: its memory is as it was.
 */
export async function resealRecord(
	from: SealingDomain,
	to: SealingDomain,
	{ id, revision, envelope }: RecordInPlace
): Promise<boolean> {
	const place = { entity: from.entity, domain: from.domain, id, revision };
	const plain = await openBody(from, place, envelope).catch(() => null);
	if (!plain || !isSigned(plain)) return false;
	await sealBody(to, place, plain, undefined, envelope);
	return true;
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
 * @param envelope the memory to write to; see sealInPlace
 * @throws CryptoError `crypto/input` on a place that the format has no room for.
 */
export function sealBody(
	into: SealingDomain,
	place: RecordPlace,
	plain: Bytes,
	nonce?: Bytes,
	envelope?: Bytes
): Promise<Bytes> {
	return sealInPlace(into.key, headerOf(into), envelopePlace(place), plain, nonce, envelope);
}

/**
 * The plain of a record sealed under this generation in this place.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export function openBody(
	from: Pick<SealingDomain, 'generation' | 'key'>,
	place: RecordPlace,
	envelope: Bytes
): Promise<Bytes> {
	return openInPlace(from.key, headerOf(from), envelopePlace(place), envelope);
}

function headerOf({ generation }: { generation: number }): { layer: 'U'; keyNumber: number } {
	return { layer: 'U', keyNumber: generation };
}

function envelopePlace({ entity, domain, id, revision }: RecordPlace) {
	return { purpose: 'record', entity, domain, object: id, revision } as const;
}
