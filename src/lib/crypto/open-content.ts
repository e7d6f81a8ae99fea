import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { contentDigest } from './content-digest.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { sizeOfPart } from './file-content.ts';
import type { FileContent } from './file-content.ts';
import { contentKey, openPart } from './part.ts';

/** What the parts of a file are held against in the end. Tests take single ones out, to show what each of them stops. */
export const contentChecks = { hasAllParts, hasDigest };
export type ContentChecks = typeof contentChecks;

/**
 * Opens a file's content, a chunk at a time. A chunk under a user layer is authenticated when it is handed out and may
 * be shown; the file as a whole is right only when this ends without an error: until then nothing of it is saved or
 * shared. (Without a user layer the parts come whole out of the system layer, and only the end says that they are right.)
 * @param parts the bytes of the parts before the system layer, in order.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function* openContent(
	file: FileContent,
	parts: Iterable<Bytes> | AsyncIterable<Bytes>,
	checks: ContentChecks = contentChecks
): AsyncGenerator<Bytes, void, undefined> {
	const key = file.key && (await contentKey(file.key));
	const hashes: Bytes[] = [];
	for await (const part of parts) {
		const size = sizeOfPart(file, hashes.length);
		const place = { content: file.content, part: hashes.length };
		if (hashes.length >= file.parts || (!key && part.length !== size)) throw new CryptoError('crypto/cannot-open');
		hashes.push(await sha256(part));
		if (key) yield* openPart(key, place, size, part);
		else yield part;
	}
	if (!checks.hasAllParts(file, hashes)) throw new CryptoError('crypto/cannot-open');
	if (!(await checks.hasDigest(file, hashes))) throw new CryptoError('crypto/cannot-open');
}

function hasAllParts({ parts }: FileContent, hashes: readonly Bytes[]): boolean {
	return hashes.length === parts;
}

async function hasDigest({ digest }: FileContent, hashes: readonly Bytes[]): Promise<boolean> {
	return equalBytes(digest, await contentDigest(hashes));
}
