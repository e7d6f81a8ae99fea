import { CryptoError } from '../../crypto/crypto-error.ts';

/** An envelope as a database column holds it: base64url without padding. */
export function bodyText(envelope: Uint8Array): string {
	return Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength).toString('base64url');
}

/**
 * The envelope in a database column.
 * @throws CryptoError `crypto/cannot-open` when the text is not exactly what `bodyText` writes.
 */
export function bodyBytes(text: string): Buffer {
	const bytes = Buffer.from(text, 'base64url');
	// Node reads past what does not belong, so that many texts would open: only the one that is written does.
	if (bytes.toString('base64url') !== text) throw new CryptoError('crypto/cannot-open');
	return bytes;
}
