const sentences = {
	'crypto/cannot-open': 'the bytes do not open',
	'crypto/identity-changed': 'an identity is not the one that was known',
	'crypto/input': 'an input does not have the shape that the format asks for',
	'crypto/kdf-parameters': 'the parameters of the password derivation are not allowed',
	'crypto/no-key': 'there is no key for this',
	'crypto/password': 'the password does not follow the rules',
	'crypto/recovery-code': 'the text is not a recovery code',
	'crypto/rolled-back': 'something older was given than what was seen before',
	'crypto/roster': 'a roster is not a valid next one of its chain',
	'crypto/signature': 'a signature does not hold',
	'crypto/system-keys': 'ARCA_SYSTEM_KEYS is not a list of id:base64 entries'
} as const;

/** The stable codes of this folder; each has one meaning, and none tells a wrong key from damaged bytes. */
export type CryptoErrorCode = keyof typeof sentences;

/**
 * What every function of this folder throws.
 *
 * - `crypto/cannot-open`: anything that was to be opened did not: wrong password or key, moved, cut, flipped, or not an
 *   envelope.
 * - `crypto/identity-changed`: an identity is another than the pinned, or than the bundle's own.
 * - `crypto/input`: the caller gave something that cannot be sealed or encoded.
 * - `crypto/kdf-parameters`: parameters or salt that nothing may be derived with.
 * - `crypto/no-key`: the domain key that is needed was never granted.
 * - `crypto/password`: a new password that is refused.
 * - `crypto/recovery-code`: a text that was mistyped, or never was a recovery code.
 * - `crypto/rolled-back`: a version, revision or counter below the highest that was seen.
 * - `crypto/roster`: a roster that is malformed, not the next of its chain, or not allowed to its signer.
 * - `crypto/signature`: a signature that is not that of this key over these bytes.
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
