/** The stable codes of this folder; each has one meaning, and none tells a wrong key from damaged bytes. */
export type CryptoErrorCode = 'crypto/cannot-open' | 'crypto/input' | 'crypto/system-keys';

const sentences: Record<CryptoErrorCode, string> = {
	'crypto/cannot-open': 'the bytes do not open',
	'crypto/input': 'an input does not have the shape that the format asks for',
	'crypto/system-keys': 'ARCA_SYSTEM_KEYS is not a list of id:base64 entries'
};

/**
 * What every function of this folder throws.
 *
 * - `crypto/cannot-open`: anything that was to be opened did not: wrong key, moved, cut, flipped, or not an envelope.
 * - `crypto/input`: the caller gave something that cannot be sealed or encoded.
 * - `crypto/system-keys`: the key ring of the server is malformed.
 *
 * The message is fixed by the code (system keys: with the number of the entry), so that neither a log nor a person
 * learns more than the code says.
 */
export class CryptoError extends Error {
	readonly code: CryptoErrorCode;

	constructor(code: CryptoErrorCode, message: string = sentences[code]) {
		super(message);
		this.name = 'CryptoError';
		this.code = code;
	}
}
