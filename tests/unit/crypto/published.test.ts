import { argon2Sync, createSecretKey, hkdfSync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2.js';
import { describe, expect, test } from 'vitest';
import type { Aead } from '../../../src/lib/crypto/aead.ts';
import { openAesGcm, sealAesGcm } from '../../../src/lib/crypto/aes-gcm.ts';
import { nobleGcm } from '../../../src/lib/crypto/aes-gcm-noble.ts';
import { fromHex, toHex } from '../../../src/lib/crypto/hex.ts';
import { hkdf } from '../../../src/lib/crypto/hkdf.ts';
import { toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { aesGcm } from '../../../src/lib/server/system-layer/aes-gcm.ts';
import { nobleArgon2, nodeArgon2 } from './argon2.ts';

// McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B, the cases with a key of 256 bits and a
// nonce of 96: 13 to 16.
const zeroKey = '00'.repeat(32);
const key = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308';
const nonce = 'cafebabefacedbaddecaf888';
const plain =
	'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
	'1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const sealed =
	'522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa' +
	'8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const gcmCases: [number, string, string, string, string, string][] = [
	[13, zeroKey, '00'.repeat(12), '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
	[
		14,
		zeroKey,
		'00'.repeat(12),
		'',
		'00'.repeat(16),
		'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919'
	],
	[15, key, nonce, '', plain, `${sealed}b094dac5d93471bdec1a502270e3cc6c`],
	[
		16,
		key,
		nonce,
		'feedfacedeadbeeffeedfacedeadbeefabaddad2',
		plain.slice(0, 120),
		`${sealed.slice(0, 120)}76fc6ece0f4e1768cddf8853bb2d551b`
	]
];

function sealAndOpen<Key>(aead: Aead<Key>, keyOf: Key, once: string, aad: string, content: string): [string, string] {
	const out = new Uint8Array(content.length / 2 + 16);
	aead.seal(keyOf, fromHex(once), fromHex(aad), fromHex(content), out);
	return [toHex(out), toHex(aead.open(keyOf, fromHex(once), fromHex(aad), out))];
}

describe('AES-256-GCM', () => {
	test.each(gcmCases)(
		'has the bytes of test case %d, by all three implementations',
		async (_, keyHex, once, aad, content, expected) => {
			const bytes = fromHex(keyHex);
			expect(sealAndOpen(aesGcm, createSecretKey(bytes), once, aad, content)).toEqual([expected, content]);
			expect(sealAndOpen(nobleGcm, bytes, once, aad, content)).toEqual([expected, content]);
			const webKey = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
			const sealed = await sealAesGcm(webKey, fromHex(once), fromHex(aad), fromHex(content));
			expect(toHex(sealed)).toBe(expected);
			expect(toHex(await openAesGcm(webKey, fromHex(once), fromHex(aad), sealed))).toBe(content);
		}
	);
});

// RFC 5869, appendix A.1 to A.3: key, salt, info, length, what comes out.
const run = (from: number, to: number): string =>
	toHex(Uint8Array.from({ length: to - from + 1 }, (_, at) => from + at));
const hkdfCases: [string, string, string, string, number, string][] = [
	[
		'A.1',
		'0b'.repeat(22),
		run(0x00, 0x0c),
		run(0xf0, 0xf9),
		42,
		'3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'
	],
	[
		'A.2',
		run(0x00, 0x4f),
		run(0x60, 0xaf),
		run(0xb0, 0xff),
		82,
		'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09' +
			'da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87'
	],
	[
		'A.3',
		'0b'.repeat(22),
		'',
		'',
		42,
		'8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'
	]
];

describe('HKDF-SHA-256', () => {
	test.each(hkdfCases)('has the bytes of RFC 5869 %s', async (_, secret, salt, info, length, expected) => {
		const derived = hkdfSync('sha256', createSecretKey(fromHex(secret)), fromHex(salt), fromHex(info), length);
		expect(toHex(new Uint8Array(derived))).toBe(expected);
		// Ours gives 32 bytes, which are the first of any longer output.
		const ours = await hkdf(fromHex(secret), fromHex(info), fromHex(salt));
		expect(toHex(ours)).toBe(expected.slice(0, 64));
	});
});

// RFC 9106, section 5.3, with a secret and associated data, which the protocol does not use; and the reference
// implementation's own, which is as the protocol derives. What the key worker derives with is held to the latter too.
describe('Argon2id', () => {
	test('has the bytes of RFC 9106 section 5.3, by both implementations', () => {
		const [password, salt] = [new Uint8Array(32).fill(1), new Uint8Array(16).fill(2)];
		const [secret, data] = [new Uint8Array(8).fill(3), new Uint8Array(12).fill(4)];
		const expected = '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659';
		const byNoble = argon2id(password, salt, { t: 3, m: 32, p: 4, dkLen: 32, key: secret, personalization: data });
		expect(toHex(byNoble)).toBe(expected);
		const given = { message: password, nonce: salt, secret, associatedData: data };
		const byNode = argon2Sync('argon2id', { ...given, parallelism: 4, tagLength: 32, memory: 32, passes: 3 });
		expect(toHex(byNode)).toBe(expected);
	});

	test('has the bytes of the reference implementation', async () => {
		const [password, salt] = [toUtf8('password'), toUtf8('somesalt')];
		const expected = '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7';
		for (const derive of [nodeArgon2, nobleArgon2])
			expect(toHex(await derive(password, salt, { m: 65_536, t: 2, p: 1 }))).toBe(expected);
	});
});
