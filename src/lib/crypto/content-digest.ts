import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';

/**
 * The digest of a file's content: SHA-256 over the SHA-256 of each part's bytes, in order, as they are before the system
 * layer. Each part is whole in itself; only this tells two attempts at one file apart, or that the last part is missing.
 * @param partHashes 32 bytes each, one a part.
 * @throws CryptoError `crypto/input` when there is none, or one of another length.
 */
export async function contentDigest(partHashes: readonly Bytes[]): Promise<Bytes> {
	if (partHashes.length === 0 || partHashes.some((hash) => hash.length !== 32)) throw new CryptoError('crypto/input');
	return sha256(joinBytes(...partHashes));
}
