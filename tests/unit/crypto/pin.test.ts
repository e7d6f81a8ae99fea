import { argon2Sync, createDecipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawAccountKey } from '../../../src/lib/crypto/account-key.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { pinProblem } from '../../../src/lib/crypto/pin-rules.ts';
import { pinVerifier, stretchPin, unwrapForPin, wrapForPin } from '../../../src/lib/crypto/pin-slot.ts';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { nodeArgon2 } from './argon2.ts';
import { expectLaterRefusal } from './refusals.ts';

const USER = '00000000-0000-4000-8000-0000000000a1';
const slot = { user: USER, salt: randomBytes(16) };
const share = randomBytes(32);
const stretched = (pin: string, salt = slot.salt) => stretchPin(nodeArgon2, passwordBytes(pin), salt);
const byNode = (material: Buffer, info: string) => Buffer.from(hkdfSync('sha256', material, '', info, 32));

describe('the account key under a PIN', () => {
	test('opens with the same PIN and share, and is refused with another of either, another salt or another person', async () => {
		const accountKey = drawAccountKey();
		const halves = { stretched: await stretched('271828'), share };
		const wrapped = await wrapForPin(slot, halves, accountKey);
		expect(wrapped).toHaveLength(60);
		const other = await stretched('271829');
		const wrong = [
			() => unwrapForPin(slot, { ...halves, stretched: other }, wrapped),
			() => unwrapForPin(slot, { ...halves, share: randomBytes(32) }, wrapped),
			() => unwrapForPin(slot, { stretched: share, share: halves.stretched }, wrapped),
			() => unwrapForPin({ ...slot, salt: randomBytes(16) }, halves, wrapped),
			() => unwrapForPin({ ...slot, user: USER.replace('a1', 'a2') }, halves, wrapped),
			() => unwrapForPin(slot, halves, wrapped.slice(1)),
			() => unwrapForPin(slot, halves, wrapped.with(20, (wrapped[20] ?? 0) ^ 1))
		];
		for (const one of wrong) await expectLaterRefusal('crypto/cannot-open', one());
		expect(await unwrapForPin(slot, { stretched: await stretched('２７１８２８'), share }, wrapped)).toEqual(
			accountKey
		);
	});

	test('follows from what the page of the format says', async () => {
		const accountKey = drawAccountKey();
		const byPage = argon2Sync('argon2id', {
			...{ message: Buffer.from('271828'), nonce: slot.salt, memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 }
		});
		expect(Buffer.from(await stretched('271828'))).toEqual(byPage);
		expect(Buffer.from(await pinVerifier(new Uint8Array(byPage)))).toEqual(byNode(byPage, 'arca/1 pin verifier'));
		const wrapped = Buffer.from(await wrapForPin(slot, { stretched: new Uint8Array(byPage), share }, accountKey));
		const key = byNode(Buffer.concat([byPage, share]), 'arca/1 pin wrap');
		const parameters = Buffer.from('00010000'.concat('00000003', '00000001'), 'hex');
		const aad = Buffer.concat([
			Buffer.from('arca/1 account-key\0pin\0'),
			Buffer.from(USER.replaceAll('-', ''), 'hex'),
			...[slot.salt, parameters, Buffer.alloc(32)]
		]);
		const cipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12)).setAAD(aad);
		cipher.setAuthTag(wrapped.subarray(-16));
		const opened = Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
		expect(opened).toEqual(Buffer.from(accountKey));
	});

	test('takes a salt of 16 bytes and no other', async () => {
		await expectLaterRefusal('crypto/kdf-parameters', stretched('271828', randomBytes(15)));
	});
});

describe('a new PIN', () => {
	test.each(['271828', '808017', '4711081547', '９０８１７２', '135790', '19850001', '112233445567'])(
		'may be %s',
		(pin) => {
			expect(pinProblem(pin)).toBeNull();
		}
	);

	test.each(['', '27182', '2718281828459', '27182a', '271 828', '-271828', '٢٧١٨٢٨'])(
		'is 6 to 12 digits, which “%s” is not',
		(pin) => {
			expect(pinProblem(pin)).toBe('digits');
		}
	);

	test.each([
		...['000000', '11111111', '123456', '456789', '654321', '890123', '210987', '121212', '12121212121'],
		...['123123', '471147114711', '19850731', '31071985', '07311985', '２０２６１１２３']
	])('is none that everybody would try: %s', (pin) => {
		expect(pinProblem(pin)).toBe('easy');
	});
});
