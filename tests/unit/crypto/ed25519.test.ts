import { createPrivateKey, createPublicKey, sign as nodeSign } from 'node:crypto';
import { ed25519 as curve } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { drawSignSeed, ed25519, makeSigner, verifySignature } from '../../../src/lib/crypto/ed25519.ts';
import type { Ed25519 } from '../../../src/lib/crypto/ed25519.ts';
import { nativeEd25519 } from '../../../src/lib/crypto/ed25519-native.ts';
import { noble } from '../../../src/lib/crypto/ed25519-noble.ts';
import { fromHex, toHex } from '../../../src/lib/crypto/hex.ts';
import { expectLaterRefusal } from './refusals.ts';
import { slowRuns } from './soak.ts';

const native = await nativeEd25519();
if (!native) throw new Error('this runtime has no Ed25519 to compare with');
const ways: [string, Ed25519][] = [
	['WebCrypto', native],
	['@noble/curves', noble]
];

// RFC 8032, section 7.1: seed, public key, message, signature of TEST 1, 2, 3 and SHA(abc).
const published: [string, string, string, string, string][] = [
	[
		'TEST 1',
		'9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
		'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
		'',
		'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
	],
	[
		'TEST 2',
		'4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
		'3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
		'72',
		'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'
	],
	[
		'TEST 3',
		'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
		'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
		'af82',
		'6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'
	],
	[
		'TEST SHA(abc)',
		'833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
		'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
		'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
		'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704'
	]
];

describe.each(ways)('Ed25519 by %s', (_, way) => {
	test.each(published)('has the bytes of RFC 8032 %s', async (_name, seed, publicKey, message, signature) => {
		const signer = await way.signer(fromHex(seed));
		expect(toHex(signer.publicKey)).toBe(publicKey);
		expect(toHex(await signer.sign(fromHex(message)))).toBe(signature);
		await verifySignature(signer.publicKey, fromHex(message), fromHex(signature), way);
	});

	test('signs as the other does and refuses another message, key and signature before it accepts', async () => {
		const property = fc.asyncProperty(bytesOf(32), bytesOf(0, 300), fc.nat(511), async (seed, message, bit) => {
			const signer = await way.signer(seed);
			const signature = await signer.sign(message);
			for (const [, other] of ways) {
				expect(await (await other.signer(seed)).sign(message)).toEqual(signature);
				const verify = (key: Bytes, text: Bytes, signed: Bytes) => verifySignature(key, text, signed, other);
				await expectLaterRefusal('crypto/signature', verify(signer.publicKey, joinBytes(message, seed), signature));
				const stranger = (await way.signer(drawSignSeed())).publicKey;
				await expectLaterRefusal('crypto/signature', verify(stranger, message, signature));
				await expectLaterRefusal('crypto/signature', verify(signer.publicKey, message, flipped(signature, bit)));
				await verify(signer.publicKey, message, signature);
			}
		});
		await fc.assert(property, slowRuns);
	});

	test('signs as Node does', async () => {
		const seed = drawSignSeed();
		const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
		const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
		const signer = await way.signer(seed);
		const message = new Uint8Array(Buffer.from('a roster'));
		expect(toHex(await signer.sign(message))).toBe(nodeSign(null, message, key).toString('hex'));
		const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
		expect(toHex(signer.publicKey)).toBe(spki.subarray(-32).toString('hex'));
	});

	test('goes on signing after the seed was zero-filled', async () => {
		const seed = drawSignSeed();
		const signer = await way.signer(seed);
		seed.fill(0);
		await verifySignature(signer.publicKey, new Uint8Array(3), await signer.sign(new Uint8Array(3)), way);
	});
});

describe('what no honest signer makes', () => {
	const message = new Uint8Array(Buffer.from('pay'));

	test('a point with a part of small order: both ways give the same answer, which is not the one with the cofactor', async () => {
		const { Point } = curve;
		const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
		const answers = new Set<boolean>();
		for (let secret = 2n; secret < 60n; secret++) {
			const key = new Uint8Array(Point.BASE.multiply(secret).add(torsion).toBytes());
			const nonce = secret + 1000n;
			const commitment = new Uint8Array(Point.BASE.multiply(nonce).toBytes());
			const challenge = await challengeOf(commitment, key, message);
			const scalar = scalarBytes((nonce + challenge * secret) % Point.Fn.ORDER);
			const signature = joinBytes(commitment, scalar);
			expect(curve.verify(signature, message, key)).toBe(true);
			const given = await Promise.all(ways.map(([, way]) => way.verify(key, message, signature)));
			expect(given[0]).toBe(given[1]);
			answers.add(given[0] === true);
		}
		expect(answers).toEqual(new Set([true, false]));
	});

	test.each([
		['a key with y of the field order and more', 'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
		['a key that is no point', '0200000000000000000000000000000000000000000000000000000000000000'],
		['a key of small order with the sign of x set', '0100000000000000000000000000000000000000000000000000000000000080'],
		['a key of 31 bytes', '58'.repeat(31)]
	])('%s is refused', async (_, key) => {
		const signature = await (await noble.signer(drawSignSeed())).sign(message);
		for (const [, way] of ways)
			await expectLaterRefusal('crypto/signature', verifySignature(fromHex(key), message, signature, way));
	});

	test('the checks before are what refuses a key of small order: without them it signs what nobody signed', async () => {
		const key = fromHex('0100000000000000000000000000000000000000000000000000000000000000');
		const signature = joinBytes(key, new Uint8Array(32));
		for (const [, way] of ways) {
			await expectLaterRefusal('crypto/signature', verifySignature(key, message, signature, way));
			expect(await noble.verify(key, message, signature)).toBe(true);
		}
	});

	test('a seed of another length makes no signer', async () => {
		for (const size of [0, 31, 33, 64]) await expectLaterRefusal('crypto/input', makeSigner(new Uint8Array(size)));
		expect((await makeSigner(new Uint8Array(32))).publicKey).toHaveLength(32);
	});
});

test('a runtime without Ed25519 is found out, and this one signs with its own', async () => {
	expect(await ed25519()).toBe(native);
	const unknown = new DOMException('unknown', 'NotSupportedError');
	const asked = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(unknown);
	expect(await nativeEd25519()).toBe(undefined);
	asked.mockRestore();
});

function bytesOf(minimum: number, maximum = minimum): fc.Arbitrary<Bytes> {
	return fc.uint8Array({ minLength: minimum, maxLength: maximum }).map((bytes) => new Uint8Array(bytes));
}

function flipped(bytes: Bytes, bit: number): Bytes {
	const changed = new Uint8Array(bytes);
	changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return changed;
}

async function challengeOf(...rows: Bytes[]): Promise<bigint> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', joinBytes(...rows)));
	return BigInt(`0x${toHex(digest.reverse())}`) % curve.Point.Fn.ORDER;
}

function scalarBytes(number: bigint): Bytes {
	return fromHex(number.toString(16).padStart(64, '0')).reverse();
}
