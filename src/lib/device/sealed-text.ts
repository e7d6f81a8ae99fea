import { CryptoError } from '../crypto/crypto-error.ts';
import { fromUtf8, toUtf8 } from '../crypto/utf8.ts';
import type { SealedRow } from './account-database.ts';

const NONCE_BYTES = 12;

/**
 * Seals text for this device: AES-256-GCM with a random nonce; the row's name is authenticated.
 * @param key an AES-GCM key
 */
export async function sealText(key: CryptoKey, name: string, text: string): Promise<SealedRow> {
	const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: toUtf8(name) };
	const body = await crypto.subtle.encrypt(algorithm, key, toUtf8(text));
	return { name, nonce, body: new Uint8Array(body) };
}

/**
 * The text of a row.
 * @throws CryptoError `crypto/cannot-open` for another key, another name and any changed byte alike
 */
export async function openText(key: CryptoKey, row: SealedRow): Promise<string> {
	const algorithm = { name: 'AES-GCM', iv: row.nonce, additionalData: toUtf8(row.name) };
	try {
		return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, row.body)));
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}
