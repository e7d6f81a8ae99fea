import { fromBase64url, toBase64url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { partSize } from './part.ts';
import { isUuid } from './uuid.ts';

/** What the record of a file says of its content. */
export interface FileContent {
	/** The id of the content, a UUID in lower case. */
	content: string;
	/** Bytes of the file. */
	size: number;
	/** How many objects hold it: 4 MiB of content each, the last shorter, one for an empty file. */
	parts: number;
	/** The content's own key, 32 bytes; undefined where the domain has no user layer. */
	key: Bytes | undefined;
	/** What `contentDigest` makes of the parts. */
	digest: Bytes;
}

/** The same as it stands among the values of the record: bytes as base64url. */
export interface FileValues {
	content: string;
	size: number;
	parts: number;
	key?: string;
	digest: string;
}

/** How many parts content of that size has. */
export function partsOf(size: number): number {
	return Math.max(1, Math.ceil(size / partSize));
}

/** Bytes of content in a part. */
export function sizeOfPart({ size, parts }: Pick<FileContent, 'size' | 'parts'>, part: number): number {
	return part < parts - 1 ? partSize : size - part * partSize;
}

/**
 * What the values of a file's record say of its content. Members that are not the content's (name, type) are the
 * record's own matter.
 * @param userLayer whether the record's domain has a user layer: then there is a key, and else there is none.
 * @throws CryptoError `crypto/cannot-open` when they are not of the right shape, or their numbers contradict each other.
 */
export function readFileContent(values: Readonly<Record<string, unknown>>, userLayer: boolean): FileContent {
	const { content, size, parts, key, digest } = values;
	const named = typeof content === 'string' && isUuid(content) ? content : refuse();
	const bytes = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : refuse();
	if (parts !== partsOf(bytes) || (key !== undefined) !== userLayer) refuse();
	return {
		content: named,
		size: bytes,
		parts: partsOf(bytes),
		key: key === undefined ? undefined : readBytes(key),
		digest: readBytes(digest)
	};
}

/**
 * The values that a file's record has of its content.
 * @throws CryptoError `crypto/cannot-open` on what `readFileContent` would refuse.
 */
export function writeFileContent({ content, size, parts, key, digest }: FileContent): FileValues {
	const values = { content, size, parts, ...(key && { key: toBase64url(key) }), digest: toBase64url(digest) };
	readFileContent(values, key !== undefined);
	return values;
}

function readBytes(text: unknown): Bytes {
	let bytes: Bytes;
	try {
		bytes = typeof text === 'string' ? fromBase64url(text) : refuse();
	} catch {
		return refuse();
	}
	return bytes.length === 32 ? bytes : refuse();
}

function refuse(): never {
	throw new CryptoError('crypto/cannot-open');
}
