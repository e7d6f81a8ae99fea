// What is shared with a vault that is locked: nobody there can open anything, so it is sealed to a public key of the device.
import type { CipherSuite } from 'hpke';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { hpkeSealBy } from './hpke-seal.ts';
import { labels } from './labels.ts';
import { pad } from './padding.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

/** What a sealed share is bound to: its owner's account and its own id, UUIDs in lower case. */
export interface SharePlace {
	account: string;
	share: string;
}

/**
 * Seals what tells of shared files, their keys among it: HPKE of the padded text.
 * @param suite that of hpke.ts.
 * @param to the device's public key for it, 1216 bytes.
 * @throws CryptoError `crypto/input` when that is none, or an id is no UUID.
 */
export async function sealShare(suite: CipherSuite, to: Bytes, place: SharePlace, text: string): Promise<Bytes> {
	return hpkeSealBy(suite, to, shareInfo(place), new Uint8Array(pad(toUtf8(text))));
}

/** "arca/1 share" 0 | account | share */
export function shareInfo({ account, share }: SharePlace): Bytes {
	return joinBytes(toUtf8(`${labels.share}\0`), uuidBytes(account), uuidBytes(share));
}
