// HKDF-SHA-256 (RFC 5869), 32 bytes of output, by WebCrypto.
import type { Bytes } from './bytes.ts';
import { toUtf8 } from './utf8.ts';

/** What keys are derived from: raw bytes, or an HKDF key that the runtime does not give out. */
export type KeyMaterial = Bytes | CryptoKey;

/**
 * Derives 32 bytes. Who asks zero-fills them after use.
 * @param info the label, or the bytes that begin with it.
 * @param salt empty where the protocol names none.
 */
export async function hkdf(
	material: KeyMaterial,
	info: string | Bytes,
	salt: Bytes = new Uint8Array()
): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.deriveBits(algorithm(info, salt), await imported(material), 256));
}

/** Derives an AES-256-GCM key that seals and opens and is not given out. Takes what `hkdf` does. */
export async function hkdfAesKey(material: KeyMaterial, info: string | Bytes): Promise<CryptoKey> {
	const aes = { name: 'AES-GCM', length: 256 };
	const from = algorithm(info, new Uint8Array());
	return crypto.subtle.deriveKey(from, await imported(material), aes, false, ['encrypt', 'decrypt']);
}

function algorithm(info: string | Bytes, salt: Bytes): HkdfParams {
	return { name: 'HKDF', hash: 'SHA-256', salt, info: typeof info === 'string' ? toUtf8(info) : info };
}

async function imported(material: KeyMaterial): Promise<CryptoKey> {
	if (material instanceof CryptoKey) return material;
	return crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey', 'deriveBits']);
}
