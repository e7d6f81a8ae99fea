import { fromBase64url } from '../../crypto/base64url.ts';
import { toHex } from '../../crypto/hex.ts';
import { m } from '$messages';

/** One field of an envelope, as it lies in the bytes. */
export interface EnvelopeField {
	/** What it is called. */
	readonly name: () => string;
	/** Its bytes in hexadecimal; the long ones cut. */
	readonly hex: string;
	/** How many bytes it has. */
	readonly size: number;
	/** What it says and what it is for. */
	readonly meaning: () => string;
}

/** How much of a long field is shown. */
const SHOWN = 24;

/**
 * The fields of an envelope (protocol, section 4): version, layer, key number, nonce, ciphertext, tag.
 * @param envelope its bytes, or base64url as it travels
 * @returns null for bytes that are too short to be one
 */
export function envelopeFields(envelope: Uint8Array | string): EnvelopeField[] | null {
	const bytes = typeof envelope === 'string' ? fromBase64url(envelope) : envelope;
	if (bytes.length < 34) return null;
	const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2);
	const user = bytes[1] === 0x55;
	const end = bytes.length - 16;
	const field = (from: number, to: number, name: () => string, meaning: () => string): EnvelopeField => ({
		name,
		hex: hexOf(bytes.subarray(from, to)),
		size: to - from,
		meaning
	});
	return [
		field(0, 1, m.protection_version, m.protection_version_text),
		field(1, 2, m.protection_layer, user ? m.protection_layer_user : m.protection_layer_system),
		field(2, 6, m.protection_key_number, () =>
			user ? m.protection_key_number_user({ number }) : m.protection_key_number_system({ number })
		),
		field(6, 18, m.protection_nonce, m.protection_nonce_text),
		field(18, end, m.protection_ciphertext, user ? m.protection_ciphertext_user : m.protection_ciphertext_system),
		field(end, bytes.length, m.protection_tag, m.protection_tag_text)
	];
}

function hexOf(bytes: Uint8Array): string {
	const shown = toHex(bytes.subarray(0, SHOWN)).replace(/..(?=.)/g, '$& ');
	return bytes.length > SHOWN ? `${shown} …` : shown;
}
