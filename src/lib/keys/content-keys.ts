import type { Bytes } from '../crypto/bytes.ts';
import type { NamedPart, SealedPart } from './file-keys.ts';
import type { NamedShare, ShareKey } from './share-keys.ts';

/** What whoever uploads and reads files asks of the keys. Throws KeysError `keys/locked` once they are gone. */
export interface ContentKeys {
	/** Draws the key of a new content; gives the name that stands in its place wherever the page has it. */
	drawFileKey(): Promise<string>;

	/**
	 * Seals a part of a file; and its SHA-256. `bytes`, at most 4 MiB, are handed over with all of the memory that they are
	 * in: where that is as long as the sealed part, and they are at its end, they are sealed without being copied.
	 */
	sealPart(part: NamedPart, bytes: Bytes): Promise<SealedPart>;

	/**
	 * The content of a sealed part that is to have `size` bytes of it; all of it or nothing. `bytes` are handed over.
	 * @throws CryptoError `crypto/cannot-open`
	 */
	openPart(part: NamedPart, size: number, bytes: Bytes): Promise<Bytes>;

	/** Draws a pair for what is shared with this device while it is locked. */
	drawShareKey(): Promise<ShareKey>;

	/**
	 * What tells of shared files, as text; the keys of their contents by name.
	 * @throws CryptoError `crypto/cannot-open`
	 */
	openShare(share: NamedShare): Promise<string>;
}
