import { XWing } from '@noble/post-quantum/hybrid.js';
import { describe, expect, test } from 'vitest';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { encapsulationSize, hpkeOpen, hpkeSeal, hpkeSuite, nobleSuite } from '../../../src/lib/crypto/hpke.ts';
import { drawIdentity, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { expectLaterRefusal } from './refusals.ts';

const suites = [
	{ name: 'WebCrypto', suite: hpkeSuite() },
	{ name: 'noble', suite: nobleSuite() }
];
const info = new TextEncoder().encode('health');

describe.each(suites)('what is sealed to an identity by $name', ({ suite }) => {
	test('opens with its private key by either, and not for a stranger, under another info, cut or changed', async () => {
		const [own, stranger] = [drawIdentity(), drawIdentity()];
		const key = randomBytes(32);
		const sealed = await hpkeSeal((await publicIdentity(own)).kem, info, key, suite);
		expect(sealed).toHaveLength(encapsulationSize + 48);
		for (const other of suites) {
			const refuse = (kem: typeof key, under: typeof info, bytes: typeof key) =>
				expectLaterRefusal('crypto/cannot-open', hpkeOpen(kem, under, bytes, other.suite));
			await refuse(stranger.kem, info, sealed);
			await refuse(own.kem, new Uint8Array(6), sealed);
			await refuse(own.kem.subarray(1), info, sealed);
			for (const at of [0, 1087, 1088, 1119, 1120, 1167]) {
				await refuse(own.kem, info, sealed.slice(0, at));
				await refuse(own.kem, info, sealed.with(at, (sealed[at] ?? 0) ^ 1));
			}
			expect(await hpkeOpen(own.kem, info, sealed, other.suite)).toEqual(key);
		}
	});

	test('is not sealed to what is no public key', async () => {
		for (const size of [0, 32, 1215, 1217])
			await expectLaterRefusal('crypto/input', hpkeSeal(new Uint8Array(size), info, info, suite));
	});
});

test('the runtime here is used, not its stand-in, and both have the public key of a private one', async () => {
	const [runtime, standIn] = await Promise.all([hpkeSuite(), nobleSuite()]);
	expect(runtime).not.toBe(standIn);
	for (const suite of [runtime, standIn]) {
		const { publicKey, privateKey } = await suite.GenerateKeyPair(true);
		const seed = await suite.SerializePrivateKey(privateKey);
		expect(XWing.getPublicKey(seed)).toEqual(await suite.SerializePublicKey(publicKey));
	}
	expect((await runtime.GenerateKeyPair()).publicKey.constructor.name).toBe('HybridKey');
});
