import { createDecipheriv, hkdfSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawDeviceKey, sessionKey } from '../../../src/lib/device/device-key.ts';
import { openText, sealText } from '../../../src/lib/device/sealed-text.ts';

const text = JSON.stringify({ access_token: 'eyJhbGciOi', email: 'ána@example.org' });

test('what is sealed opens with the same key, and holds nothing of the text', async () => {
	const key = await sessionKey(await drawDeviceKey());
	const row = await sealText(key, 'session', text);
	expect(Buffer.from(row.body).includes('eyJhbGciOi')).toBe(false);
	expect(await openText(key, row)).toBe(text);
});

test('another key, another name and any changed byte do not open, all with one error', async () => {
	const device = await drawDeviceKey();
	const key = await sessionKey(device);
	const row = await sealText(key, 'session', text);
	const refused = { code: 'crypto/cannot-open' };
	await expect(openText(await sessionKey(await drawDeviceKey()), row)).rejects.toMatchObject(refused);
	await expect(openText(key, { ...row, name: 'other' })).rejects.toMatchObject(refused);
	for (let at = 0; at < row.body.length; at++) {
		const body = row.body.slice();
		body[at] = (body[at] ?? 0) ^ 1;
		await expect(openText(key, { ...row, body })).rejects.toMatchObject(refused);
	}
	expect(await openText(await sessionKey(device), row)).toBe(text);
});

test('no two seals use one nonce', async () => {
	const key = await sessionKey(await drawDeviceKey());
	const rows = await Promise.all(Array.from({ length: 200 }, () => sealText(key, 'session', text)));
	expect(new Set(rows.map(({ nonce }) => Buffer.from(nonce).toString('hex'))).size).toBe(200);
});

test('the session key is HKDF-SHA-256 of the device key under its label, as another library computes it', async () => {
	const bytes = Uint8Array.from({ length: 32 }, (_, index) => index);
	const device = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
	const row = await sealText(await sessionKey(device), 'session', text);
	const raw = new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(), 'arca/1 device session', 32));
	const opener = createDecipheriv('aes-256-gcm', raw, row.nonce);
	opener.setAAD(Buffer.from('session'));
	opener.setAuthTag(row.body.subarray(-16));
	expect(opener.update(row.body.subarray(0, -16), undefined, 'utf8') + opener.final('utf8')).toBe(text);
});

test('neither the device key nor what is derived from it can be exported', async () => {
	const device = await drawDeviceKey();
	expect(device.extractable).toBe(false);
	for (const key of [device, await sessionKey(device)]) {
		await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
	}
});
