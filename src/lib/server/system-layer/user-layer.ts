import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { readKeyNumber } from '../../crypto/envelope.ts';
import '../canary.ts';

/**
 * The bytes of what a browser sealed, as they are sealed over.
 * @param sealed base64url of an envelope of layer U.
 * @param keyNumber the generation that the envelope must name, 0 for a bundle.
 * @throws CryptoError `crypto/input` when it is anything else.
 */
export function readUserLayer(sealed: string, keyNumber: number): Uint8Array {
	try {
		const envelope = fromBase64url(sealed);
		if (readKeyNumber('U', envelope) === keyNumber) return envelope;
	} catch {
		// No base64url, or no envelope of that layer: told like one of another key.
	}
	throw new CryptoError('crypto/input');
}

/**
 * The text of what was sealed over.
 * @throws CryptoError `crypto/cannot-open` when the bytes are no envelope of layer U and this key number.
 */
export function userLayerText(envelope: Uint8Array, keyNumber: number): string {
	if (readKeyNumber('U', envelope) !== keyNumber) throw new CryptoError('crypto/cannot-open');
	return toBase64url(envelope);
}
