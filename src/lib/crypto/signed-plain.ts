import { allocate, allocateInPieces } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { equalBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { signatureSize, verifySignature } from './ed25519.ts';
import type { Signer } from './ed25519.ts';
import { labels } from './labels.ts';
import { lengthField, pad, unpad } from './padding.ts';
import { parseRecord } from './record-plain.ts';
import type { RecordPlain } from './record-plain.ts';
import { borrowUtf8, fromUtf8, toUtf8 } from './utf8.ts';
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
	/** The record's JSON as its author wrote it, to the character. */
	json: string;
	/** The same as UTF-8: what is signed. */
	content: Bytes;
	record: RecordPlain;
	/** The id of who claims to have written it; true once `verifyAuthor` says so. */
	author: string;
	signature: Bytes;
}

const idSize = 16;
const tailSize = idSize + signatureSize;
const maximum = 2n ** 64n - 1n;

/** Author and signature, before either is known. */
const emptyTail = new Uint8Array(tailSize);
const allocatePart = allocateInPieces();

/**
 * The plain of a record under a user layer: length u32 of its JSON, the JSON, author id, signature, padding. The
 * generation is not signed, so that a rotation seals the same bytes anew and needs nobody's signature.
 * @param author who writes, with what signs for their identity.
 * @throws CryptoError `crypto/input` when the JSON is no record, or the place one that the format has no room for.
 */
export async function signPlain(
	place: RecordPlace,
	author: { id: string; signer: Signer },
	json: string,
	bytesOf: Allocate<ArrayBuffer> = allocate
): Promise<Bytes> {
	if (!parseRecord(json)) throw new CryptoError('crypto/input');
	const plain = pad(borrowUtf8(json), bytesOf, emptyTail);
	const content = unpad(plain, tailSize);
	const tailAt = lengthField + content.length;
	writeUuid(author.id, plain, tailAt);
	const part = signedPart(place, author.id, await sha256(content));
	plain.set(await author.signer.sign(part), tailAt + idSize);
	return plain;
}

/**
 * Takes a plain apart. Its signature is not looked at yet.
 * @throws CryptoError `crypto/cannot-open` when it is not the padded JSON of a record with an author and a signature.
 */
export function readSignedPlain(plain: Bytes): SignedPlain {
	const content = unpad(plain, tailSize);
	const tail = plain.subarray(content.byteOffset - plain.byteOffset + content.length);
	const json = textOf(content);
	const record = parseRecord(json);
	if (!record) throw new CryptoError('crypto/cannot-open');
	return { json, content, record, author: authorOf(tail), signature: tail.subarray(idSize, tailSize) };
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

function textOf(content: Bytes): string {
	try {
		return fromUtf8(content);
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}
