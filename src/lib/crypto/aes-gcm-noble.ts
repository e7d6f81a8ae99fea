// AES-256-GCM in plain JavaScript, for what is key material itself. WebCrypto copies what it is given and what it gives,
// and lets go of the copies as they are; here every byte lies in memory that can be zero-filled. Its tables are read in
// times that depend on the key, which takes somebody who measures inside the same browser: it is for a few bytes, seldom.
import { gcm } from '@noble/ciphers/aes.js';
import type { Aead } from './aead.ts';
import { allocate } from './allocate.ts';

/** Keys are 32 bytes; the caller zero-fills them, and what was opened. */
export const nobleGcm: Aead<Uint8Array> = {
	allocate,
	seal: (key, nonce, aad, plain, out) => out.set(gcm(key, nonce, aad).encrypt(plain)),
	open: (key, nonce, aad, sealed) => gcm(key, nonce, aad).decrypt(sealed)
};
