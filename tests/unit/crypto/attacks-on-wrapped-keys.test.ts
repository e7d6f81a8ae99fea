// Rows 5, 6, 7, 18 and 38 of the attacks, on what the server keeps of a person's keys. The system layer's keys are given
// away: the attacker here has what is below it.
import { createCipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawAccountKey, unwrapAccountKey, wrapAccountKey } from '../../../src/lib/crypto/account-key.ts';
import type { Slot } from '../../../src/lib/crypto/account-key.ts';
import { openAesGcm, sealAesGcm } from '../../../src/lib/crypto/aes-gcm.ts';
import { openBundle, sealBundle } from '../../../src/lib/crypto/bundle.ts';
import type { Bundle } from '../../../src/lib/crypto/bundle-json.ts';
import { joinBytes, randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { unwrapForDevice, wrapForDevice } from '../../../src/lib/crypto/device-slot.ts';
import { borrowAuthenticated } from '../../../src/lib/crypto/envelope.ts';
import { hkdf, hkdfAesKey } from '../../../src/lib/crypto/hkdf.ts';
import { hpkeOpen, hpkeSeal } from '../../../src/lib/crypto/hpke.ts';
import { drawIdentity, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { defaultParameters, parameterBytes } from '../../../src/lib/crypto/kdf.ts';
import { labels } from '../../../src/lib/crypto/labels.ts';
import { parseSystemKeys, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';
import { sealUnderBoth } from './ghash.ts';
import { expectLaterRefusal } from './refusals.ts';

const user = '0596c739-8fcc-4ba5-b955-c0d8f3cd317d';
const slot: Slot = { name: 'password', user, salt: randomBytes(16), parameters: defaultParameters };
const flip = (bytes: Bytes, at: number): Bytes => bytes.with(at, (bytes[at] ?? 0) ^ 1);
const cannotOpen = (act: Promise<unknown>) => expectLaterRefusal('crypto/cannot-open', act);

/** Keys as they are made when user encryption is turned on, and what the server keeps of them. */
async function made(accountKey = drawAccountKey()) {
	const [root, identity] = [randomBytes(32), drawIdentity()];
	const served = await publicIdentity(identity);
	const bundle: Bundle = { identity, pins: new Map(), rosters: new Map(), params: defaultParameters };
	const kept = await wrapAccountKey(slot, root, accountKey);
	return { root, accountKey, identity, served, ...kept, bundle: await sealBundle(accountKey, user, 1, bundle) };
}

describe('a wrapped account key', () => {
	test('is refused with one error at every changed byte of it and of its token, cut or longer, and then opens', async () => {
		const { root, accountKey, token, wrapped } = await made();
		for (let at = 0; at < 60; at++) await cannotOpen(unwrapAccountKey(slot, root, token, flip(wrapped, at)));
		for (let at = 0; at < 32; at++) await cannotOpen(unwrapAccountKey(slot, root, flip(token, at), wrapped));
		for (const bad of [wrapped.slice(0, -1), joinBytes(wrapped, wrapped.slice(0, 1)), new Uint8Array()])
			await cannotOpen(unwrapAccountKey(slot, root, token, bad));
		for (let at = 0; at < 16; at++)
			await cannotOpen(unwrapAccountKey({ ...slot, salt: flip(slot.salt, at) }, root, token, wrapped));
		expect(await unwrapAccountKey(slot, root, token, wrapped)).toEqual(accountKey);
	});

	test('without its tag would open changed, to a key that differs where the attacker chose', async () => {
		const { root, accountKey, wrapped } = await made();
		const key = new Uint8Array(hkdfSync('sha256', root, '', 'arca/1 wrap', 32));
		const changed = flip(wrapped, 12 + 5);
		const counter = Buffer.concat([wrapped.subarray(0, 12), Buffer.from('00000002', 'hex')]);
		const opened = createCipheriv('aes-256-ctr', key, counter).update(changed.subarray(12, 44));
		expect(new Uint8Array(opened)).toEqual(flip(accountKey, 5));
	});

	test('of the device is refused at every changed byte, for another user and device, and then opens', async () => {
		const importKey = () => crypto.subtle.importKey('raw', randomBytes(32), 'HKDF', false, ['deriveKey']);
		const [device, other, accountKey] = [await importKey(), await importKey(), drawAccountKey()];
		const wrapped = await wrapForDevice(device, user, accountKey);
		for (let at = 0; at < 60; at++) await cannotOpen(unwrapForDevice(device, user, flip(wrapped, at)));
		await cannotOpen(unwrapForDevice(other, user, wrapped));
		await cannotOpen(unwrapForDevice(device, user.replace('0', '1'), wrapped));
		expect(await unwrapForDevice(device, user, wrapped)).toEqual(accountKey);
	});
});

describe('a ciphertext made to open under two passwords', () => {
	test('is refused for both, for one token stands beside it; without the token it opens under both', async () => {
		const roots = [randomBytes(32), randomBytes(32)] as const;
		const token = await hkdf(roots[0], joinBytes(Buffer.from('arca/1 token\0'), randomBytes(28)));
		const id = Buffer.from(user.replaceAll('-', ''), 'hex');
		const P = parameterBytes(slot.parameters, slot.salt);
		const aad = joinBytes(Buffer.from('arca/1 account-key\0password\0'), id, P, token);
		const keys = roots.map((root) => new Uint8Array(hkdfSync('sha256', root, '', 'arca/1 wrap', 32)));
		const nonce = randomBytes(12);
		const crafted = joinBytes(nonce, sealUnderBoth([keys[0] ?? nonce, keys[1] ?? nonce], nonce, aad));
		const unchecked = () => Promise.resolve();
		const opened = new Set<string>();
		for (const root of roots) {
			await cannotOpen(unwrapAccountKey(slot, root, token, crafted));
			opened.add((await unwrapAccountKey(slot, root, token, crafted, unchecked)).toString());
		}
		expect(opened.size).toBe(2);
		const { root, accountKey, ...kept } = await made();
		expect(await unwrapAccountKey(slot, root, kept.token, kept.wrapped)).toEqual(accountKey);
	});
});

describe('a key', () => {
	test('of one purpose opens nothing of another, which it would if two purposes had one label', async () => {
		const [secret, nonce, plain] = [randomBytes(32), randomBytes(12), randomBytes(32)];
		const [none, names] = [new Uint8Array(), Object.values(labels)];
		const seals = await Promise.all(
			names.map(async (label) => sealAesGcm(await hkdfAesKey(secret, label), nonce, none, plain))
		);
		for (const [here, label] of names.entries()) {
			const key = await hkdfAesKey(secret, label);
			for (const [there, sealed] of seals.entries()) {
				const opening = openAesGcm(key, nonce, none, sealed);
				if (here === there) expect(await opening).toEqual(plain);
				else await cannotOpen(opening);
			}
		}
	});
});

describe('a bundle', () => {
	test('of another format version or layer is refused; a reader who passes over them would open it', async () => {
		const { accountKey, served, bundle } = await made();
		for (const [at, byte] of [
			[0, 0],
			[0, 2],
			[1, 0x53],
			[1, 0x75],
			[5, 1]
		] as const) {
			const other = bundle.with(at, byte);
			await cannotOpen(openBundle(accountKey, user, 1, other, served));
			const place = { purpose: 'bundle', entity: user.replaceAll(/[^-]/g, '0'), domain: '', object: user } as const;
			const aad = new Uint8Array(borrowAuthenticated({ layer: 'U', keyNumber: 0 }, { ...place, revision: 1n }));
			const key = await hkdfAesKey(accountKey, labels.bundle);
			expect(await openAesGcm(key, other.slice(6, 18), aad, other.slice(18))).toBeInstanceOf(Uint8Array);
		}
		expect((await openBundle(accountKey, user, 1, bundle, served)).params).toEqual(defaultParameters);
	});

	test('is refused at every changed byte by whoever opened the system layer over it and sealed that again', async () => {
		const { accountKey, served, bundle } = await made();
		const layer = new SystemLayer(parseSystemKeys(`1:${Buffer.alloc(32, 7).toString('base64')}`));
		const entity = user.replaceAll(/[^-]/g, '0');
		const place = { purpose: 'bundle', entity, domain: '', object: user, revision: 1n } as const;
		const stored = layer.seal(place, bundle);
		for (let at = 0; at < bundle.length; at++) {
			const below = new Uint8Array(layer.open(place, stored));
			const forged = layer.seal(place, flip(below, at));
			await cannotOpen(openBundle(accountKey, user, 1, new Uint8Array(layer.open(place, forged)), served));
		}
		const given = new Uint8Array(layer.open(place, stored));
		expect((await openBundle(accountKey, user, 1, given, served)).rosters.size).toBe(0);
	});

	test('of yesterday is refused by who has seen a newer one, and an identity that is not its own is an alarm', async () => {
		const [{ accountKey, served, bundle }, stranger] = [await made(), await made()];
		await expectLaterRefusal('crypto/rolled-back', openBundle(accountKey, user, 1, bundle, served, 2));
		await expectLaterRefusal('crypto/identity-changed', openBundle(accountKey, user, 1, bundle, stranger.served));
		for (const half of [
			{ ...served, kem: stranger.served.kem },
			{ ...served, sign: stranger.served.sign }
		])
			await expectLaterRefusal('crypto/identity-changed', openBundle(accountKey, user, 1, bundle, half));
		expect((await openBundle(accountKey, user, 1, bundle, served, 1)).pins.size).toBe(0);
	});
});

test('the old password and an old dump open nothing after a change, which they would had the account key stayed', async () => {
	const [before, after] = [await made(), await made()];
	const [info, domainKey] = [new TextEncoder().encode('a grant'), randomBytes(32)];
	const dumped = await unwrapAccountKey(slot, before.root, before.token, before.wrapped);
	expect(dumped).toEqual(before.accountKey);
	const oldBundle = await openBundle(dumped, user, 1, before.bundle, before.served);
	await cannotOpen(unwrapAccountKey(slot, before.root, after.token, after.wrapped));
	await cannotOpen(openBundle(dumped, user, 1, after.bundle, after.served));
	const grant = await hpkeSeal(after.served.kem, info, domainKey);
	await cannotOpen(hpkeOpen(oldBundle.identity.kem, info, grant));
	// The new keys open all of it.
	const { identity } = await openBundle(after.accountKey, user, 1, after.bundle, after.served);
	expect(await hpkeOpen(identity.kem, info, grant)).toEqual(domainKey);
	// Wrapping the same account key under a new password changes nothing for who has the old dump.
	const rewrapped = await made(before.accountKey);
	const stolen = await openBundle(dumped, user, 1, rewrapped.bundle, rewrapped.served);
	const later = await hpkeSeal(rewrapped.served.kem, info, domainKey);
	expect(await hpkeOpen(stolen.identity.kem, info, later)).toEqual(domainKey);
});
