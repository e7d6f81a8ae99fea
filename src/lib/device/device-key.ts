import { labels } from '../crypto/labels.ts';
import { toUtf8 } from '../crypto/utf8.ts';
import type { AccountDatabase } from './account-database.ts';

const KEY_BYTES = 32;

/** A new device key: 32 random bytes behind an HKDF key that cannot be exported. The bytes are zero-filled after use. */
export async function drawDeviceKey(): Promise<CryptoKey> {
	const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
	try {
		return await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
	} finally {
		bytes.fill(0);
	}
}

/**
 * The account's device key, drawn at the first call. Tabs that ask at once get the same one: it is put only where there
 * is none, in one transaction.
 */
export async function deviceKey(database: AccountDatabase): Promise<CryptoKey> {
	const kept = await database.keys.get('device');
	if (kept) return kept.key;
	const drawn = await drawDeviceKey();
	return database.transaction('rw', database.keys, async () => {
		const first = await database.keys.get('device');
		if (first) return first.key;
		await database.keys.add({ name: 'device', key: drawn });
		return drawn;
	});
}

/** The key that seals the session: HKDF-SHA-256(device key, "arca/1 device session"), AES-256-GCM, not exportable. */
export async function sessionKey(device: CryptoKey): Promise<CryptoKey> {
	return derive(device, labels.deviceSession);
}

/** The key of `sealCached`: HKDF-SHA-256(device key, "arca/1 device cache"), AES-256-GCM, not exportable. */
export async function cacheKey(device: CryptoKey): Promise<CryptoKey> {
	return derive(device, labels.deviceCache);
}

async function derive(device: CryptoKey, label: string): Promise<CryptoKey> {
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: toUtf8(label) },
		device,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}
