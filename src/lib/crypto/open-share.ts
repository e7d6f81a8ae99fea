import type { Bytes } from './bytes.ts';
import { hpkeOpen } from './hpke.ts';
import { unpad } from './padding.ts';
import { shareInfo } from './share-box.ts';
import type { SharePlace } from './share-box.ts';

/**
 * The UTF-8 of what `sealShare` sealed to the owner of this private key, in memory of its own.
 * @param key 32 bytes.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function openShare(key: Bytes, place: SharePlace, sealed: Bytes): Promise<Bytes> {
	return new Uint8Array(unpad(await hpkeOpen(key, shareInfo(place), sealed)));
}
