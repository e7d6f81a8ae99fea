import { createDecipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawAccountKey } from '../../../src/lib/crypto/account-key.ts';
import { unwrapForBiometric, wrapForBiometric } from '../../../src/lib/crypto/biometric-slot.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { hkdf } from '../../../src/lib/crypto/hkdf.ts';
import { unwrapForDevice, wrapForDevice } from '../../../src/lib/crypto/device-slot.ts';
import { expectLaterRefusal } from './refusals.ts';

const USER = '00000000-0000-4000-8000-0000000000a1';
const prf = randomBytes(32);

describe('the account key under what an authenticator gives', () => {
	test('opens with the same output, and is refused with another one, for another person, moved or altered', async () => {
		const accountKey = drawAccountKey();
		const wrapped = await wrapForBiometric(prf, USER, accountKey);
		expect(wrapped).toHaveLength(60);
		const other = USER.replace('a1', 'a2');
		const wrong = [
			() => unwrapForBiometric(randomBytes(32), USER, wrapped),
			() => unwrapForBiometric(prf, other, wrapped),
			() => unwrapForBiometric(prf, USER, wrapped.slice(1)),
			() => unwrapForDevice(prf, USER, wrapped),
			async () => unwrapForBiometric(prf, USER, await wrapForDevice(prf, USER, accountKey)),
			...wrapped.keys().map((at) => () => unwrapForBiometric(prf, USER, wrapped.with(at, (wrapped[at] ?? 0) ^ 1)))
		];
		for (const one of wrong) await expectLaterRefusal('crypto/cannot-open', one());
		expect(await unwrapForBiometric(prf, USER, wrapped)).toEqual(accountKey);
	});

	test('is under no output of zeros alone, and under none of another size', async () => {
		const wrapped = await wrapForBiometric(prf, USER, drawAccountKey());
		for (const refused of [new Uint8Array(32), new Uint8Array(), randomBytes(16), randomBytes(64)]) {
			await expectLaterRefusal('crypto/input', wrapForBiometric(refused, USER, drawAccountKey()));
			await expectLaterRefusal('crypto/input', unwrapForBiometric(refused, USER, wrapped));
		}
		// Of zeros HKDF gives a key as good as any other: nothing else would refuse them.
		expect(await hkdf(new Uint8Array(32), 'arca/1 biometric wrap')).toHaveLength(32);
	});

	test('follows from what the page of the format says', async () => {
		const accountKey = drawAccountKey();
		const wrapped = Buffer.from(await wrapForBiometric(prf, USER, accountKey));
		const key = Buffer.from(hkdfSync('sha256', prf, '', 'arca/1 biometric wrap', 32));
		const aad = Buffer.concat([
			Buffer.from('arca/1 account-key\0biometric\0'),
			Buffer.from(USER.replaceAll('-', ''), 'hex'),
			Buffer.alloc(28 + 32)
		]);
		const cipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12)).setAAD(aad);
		cipher.setAuthTag(wrapped.subarray(-16));
		const opened = Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
		expect(opened).toEqual(Buffer.from(accountKey));
	});
});
