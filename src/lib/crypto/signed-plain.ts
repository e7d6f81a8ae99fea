import { allocateInPieces } from './allocate.ts';
import { equalBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { signatureSize, verifySignature } from './ed25519.ts';
import type { Signer } from './ed25519.ts';
import { envelopeOverhead, sealedAt } from './envelope.ts';
import { labels } from './labels.ts';
import { lengthField, paddedSize, unpad } from './padding.ts';
import { readU32, writeU32 } from './u32.ts';
import { fillUtf8, toUtf8 } from './utf8.ts';
import { uuidText, writeUuid } from './uuid.ts';

/** Where a record stands, and at which revision: what its author signs, and what its envelope is bound to. */
export interface RecordPlace {
	entity: string;
	domain: string;
	id: string;
	/** From 1 to 2^64 - 1. */
	revision: bigint;
}

/** What is inside the plain of a record under a user layer. */
export interface SignedPlain {
	/** The record's JSON in UTF-8, as its author wrote it: what is signed. Whether it is one is for `readRecord` to say. */
	content: Bytes;
	/** The id of who claims to have written it; true once `verifyAuthor` says so. */
	author: string;
	signature: Bytes;
}

const idSize = 16;
const tailSize = idSize + signatureSize;
const maximum = 2n ** 64n - 1n;
const allocatePart = allocateInPieces();

/** Bytes of the envelope of a record whose JSON is so many bytes long. */
export function signedEnvelopeSize(length: number): number {
	return envelopeOverhead + paddedSize(lengthField + length + tailSize);
}

/**
 * Writes a record's JSON (`recordJson`) to where its envelope will be, as it is signed and sealed (`sealRecords`): length
 * u32, the JSON, and room for the rest.
 * @param out zeros
 * @returns bytes of the envelope; null where there is too little room for it, and part of the JSON was written
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function layOutJson(json: string, out: Uint8Array): number | null {
	const jsonAt = sealedAt + lengthField;
	const length = fillUtf8(json, out.subarray(jsonAt));
	if (length === null || signedEnvelopeSize(length) > out.length) return null;
	writeU32(length, out, sealedAt);
	return signedEnvelopeSize(length);
}

/**
 * The plain of a record under a user layer: length u32 of its JSON, the JSON, author id, signature, padding. The
 * generation is not signed, so that a rotation seals the same bytes anew and needs nobody's signature.
 * @param author who writes, with what signs for their identity.
 * @param plain length and JSON, then zeros, where author and signature are written.
 * @throws CryptoError `crypto/input` when the plain is not so long as its JSON asks, or the place is one that the format
 * has no room for.
 */
export async function signPlain(
	place: RecordPlace,
	author: { id: string; signer: Signer },
	plain: Bytes
): Promise<void> {
	const tailAt = lengthField + readU32(plain, 0);
	if (tailAt + tailSize > plain.length || paddedSize(tailAt + tailSize) !== plain.length)
		throw new CryptoError('crypto/input');
	writeUuid(author.id, plain, tailAt);
	const part = signedPart(place, author.id, await sha256(plain.subarray(lengthField, tailAt)));
	plain.set(await author.signer.sign(part), tailAt + idSize);
}

/**
 * Takes a plain apart. Its signature is not looked at yet, nor its JSON.
 * @throws CryptoError `crypto/cannot-open` when it is not padded content with an author and a signature.
 */
export function readSignedPlain(plain: Bytes): SignedPlain {
	const content = unpad(plain, tailSize);
	const tail = plain.subarray(content.byteOffset - plain.byteOffset + content.length);
	return { content, author: authorOf(tail), signature: tail.subarray(idSize, tailSize) };
}

let lastAuthor: { bytes: Bytes; id: string } | undefined;

/** The id at the beginning of some bytes. Many records in a row are one author's: the last one's text is kept. */
function authorOf(tail: Bytes): string {
	const bytes = tail.subarray(0, idSize);
	if (!lastAuthor || !equalBytes(lastAuthor.bytes, bytes)) lastAuthor = { bytes: bytes.slice(), id: uuidText(bytes) };
	return lastAuthor.id;
}

/**
 * Holds that the owner of a public key wrote this record in this place, as the author that it names.
 * @throws CryptoError `crypto/signature` when it is not so.
 */
export async function verifyAuthor(place: RecordPlace, plain: SignedPlain, publicKey: Bytes): Promise<void> {
	const part = signedPart(place, plain.author, await sha256(plain.content));
	return verifySignature(publicKey, part, plain.signature);
}

/** "arca/1 record" 0 entity id, domain 0, record id, revision u64, author id, SHA-256(JSON) */
function signedPart({ entity, domain, id, revision }: RecordPlace, author: string, hash: Bytes): Bytes {
	if (domain.includes('\0') || revision < 1n || revision > maximum) throw new CryptoError('crypto/input');
	const front = frontOf(entity, domain);
	const idAt = front.length;
	const part = allocatePart(idAt + idSize + 8 + idSize + hash.length);
	part.set(front);
	writeUuid(id, part, idAt);
	new DataView(part.buffer, part.byteOffset).setBigUint64(idAt + idSize, revision);
	writeUuid(author, part, idAt + idSize + 8);
	part.set(hash, idAt + idSize + 8 + idSize);
	return part;
}

let lastFront: { entity: string; domain: string; bytes: Bytes } | undefined;

/** "arca/1 record" 0 entity id, domain 0. A page of records shares it, so the last one made is kept. */
function frontOf(entity: string, domain: string): Bytes {
	if (lastFront?.entity === entity && lastFront.domain === domain) return lastFront.bytes;
	const [label, ending] = [toUtf8(`${labels.record}\0`), toUtf8(`${domain}\0`)];
	const bytes = new Uint8Array(label.length + idSize + ending.length);
	bytes.set(label);
	writeUuid(entity, bytes, label.length);
	bytes.set(ending, label.length + idSize);
	lastFront = { entity, domain, bytes };
	return bytes;
}
