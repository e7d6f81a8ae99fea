import type { Bytes } from '../crypto/bytes.ts';
import { kemPublicKey } from '../crypto/identity.ts';
import { openShare } from '../crypto/open-share.ts';
import type { SharePlace } from '../crypto/share-box.ts';
import type { FileKeys } from './file-keys.ts';

/** A pair for what is shared while nobody can open anything: the private half by its name, the public one as it is. */
export interface ShareKey {
	/** In texts that this device keeps, the private half stands in its place. */
	key: string;
	/** 1216 bytes. */
	to: Bytes;
}

/** A share to open, and the name of the key that it was sealed to. */
export interface NamedShare extends SharePlace {
	key: string;
	sealed: Bytes;
}

/** Draws a pair. Its private half is 32 bytes, as the key of a content is, and goes by a name as those do. */
export async function drawShareKey(files: FileKeys): Promise<ShareKey> {
	const key = await files.draw();
	return { key, to: await files.lend(key, kemPublicKey) };
}

/**
 * What tells of shared files, UTF-8 of JSON, with names in the place of their keys.
 * @throws CryptoError `crypto/cannot-open`
 */
export async function openNamedShare(files: FileKeys, { key, sealed, ...place }: NamedShare): Promise<Bytes> {
	const told = await files.lend(key, (bytes) => openShare(bytes, place, sealed));
	await files.hide([told]);
	return told;
}
