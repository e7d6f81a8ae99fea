import { createCipheriv, hkdfSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { parseSystemKeys, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';

const folder = new URL('../../../src/lib/crypto/', import.meta.url);
const page = readFileSync(new URL('README.md', folder), 'utf8');

/** The value that the page's table has for a thing. */
function given(thing: string): string {
	const found = page.split('\n').find((line) => line.startsWith(`| ${thing} `));
	const value = /`(.+)` *\|$/.exec(found ?? '')?.[1];
	if (!value) throw new Error(`the page has no ${thing}`);
	return value;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const idBytes = (id: string): Buffer => hex(id.replaceAll('-', ''));

describe('the worked example of the format page', () => {
	const systemKey = hex(given('system key 1'));
	const revision = BigInt(given('revision'));
	const nonce = hex(given('nonce'));

	/** The page followed by hand, with none of the code it describes. */
	function byHand() {
		const key = Buffer.from(hkdfSync('sha256', systemKey, idBytes(given('entity')), 'arca/1 system', 32));
		const header = hex('015300000001');
		const number = Buffer.alloc(8);
		number.writeBigUInt64BE(revision);
		const aad = Buffer.concat([
			header,
			Buffer.from('arca/1\0record\0'),
			idBytes(given('entity')),
			Buffer.from(`${given('domain')}\0`),
			idBytes(given('record')),
			number
		]);
		const json = Buffer.from(given('JSON'));
		const plain = Buffer.alloc(256);
		plain.writeUInt32BE(json.length);
		json.copy(plain, 4);
		const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
		const body = Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
		return { key, aad, plain, end: 4 + json.length, body: body.toString('base64url') };
	}

	test('follows from what the page says', () => {
		const { key, aad, plain, end, body } = byHand();
		expect(given('entity key')).toBe(key.toString('hex'));
		expect(given('authenticated')).toBe(aad.toString('hex'));
		expect(given('plain, then zeros to 256 bytes')).toBe(plain.subarray(0, end).toString('hex'));
		expect(given('body')).toBe(body);
	});

	test('is what the code opens', () => {
		const layer = new SystemLayer(parseSystemKeys(`1:${systemKey.toString('base64')}`));
		const place = { entity: given('entity'), domain: given('domain'), id: given('record'), revision };
		expect(layer.openRecord(place, given('body'))).toBe(given('JSON'));
		expect(() => layer.openRecord({ ...place, revision: revision + 1n }, given('body'))).toThrow(CryptoError);
	});
});

test('the page names no file that is not there, and every error code', () => {
	const named = [...page.matchAll(/`([a-z0-9-]+\.ts)`/g)].map(([, name]) => name ?? '');
	const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
	for (const name of named) expect(files).toContain(name);
	const codes = readFileSync(new URL('crypto-error.ts', folder), 'utf8').match(/crypto\/[a-z-]+/g);
	for (const code of new Set(codes)) expect(page).toContain(`\`${code}\``);
});
