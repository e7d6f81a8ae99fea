import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { nobleSuite } from '../../../src/lib/crypto/noble-suite.ts';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { sealShare } from '../../../src/lib/crypto/share-box.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { DeskPort } from './desk-port.ts';
import { KeyServer } from './key-server.ts';
import { quickArgon2 } from './quick-argon2.ts';
import { ANA, HOME, PASSWORD } from './unlocked.ts';

/** Every way in which bytes may stand in a text. */
function spellings(bytes: Uint8Array): string[] {
	const buffer = Buffer.from(bytes);
	return [buffer.toString('base64url'), buffer.toString('base64'), buffer.toString('hex'), buffer.toString('latin1')];
}

/** Where in a value, however deep, one of the secrets stands, or a key. */
function leaks(value: unknown, secrets: readonly Buffer[], path = ''): string[] {
	if (value instanceof CryptoKey) return [`${path}: a key`];
	if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
		const bytes = Buffer.from(value instanceof ArrayBuffer ? value : value.buffer);
		return secrets.some((secret) => bytes.includes(secret)) ? [`${path}: bytes`] : [];
	}
	if (typeof value === 'string') {
		return secrets.some((secret) => spellings(secret).some((text) => value.includes(text))) ? [`${path}: a text`] : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, part]) => leaks(part, secrets, `${path}/${name}`));
}

const drawn: Buffer[] = [];
const made: CryptoKey[] = [];

/** Notes what is drawn in the size of a key, what Argon2id gives, and every key that the runtime makes. */
function watch(): void {
	const draw = crypto.getRandomValues.bind(crypto);
	vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
		const filled = draw(array);
		if (filled instanceof Uint8Array && filled.length === 32) drawn.push(Buffer.from(filled));
		return filled;
	});
	for (const name of ['importKey', 'deriveKey', 'generateKey'] as const) {
		const make = crypto.subtle[name].bind(crypto.subtle) as (...input: unknown[]) => Promise<CryptoKey>;
		vi.spyOn(crypto.subtle, name).mockImplementation(async (...input: unknown[]) => {
			const key = await make(...input);
			if (key instanceof CryptoKey && key.type === 'secret') made.push(key);
			return key as never;
		});
	}
}

/** A ring whose root keys are noted too. */
function watchedRing(): Keyring {
	return new Keyring(async (...input) => {
		const root = await quickArgon2(...input);
		drawn.push(Buffer.from(root));
		return root;
	});
}

/** Calls every verb once, as a person would who turns it on, works, rotates, and changes the password. */
async function useAll(keys: KeyClient, server: KeyServer): Promise<void> {
	const password = passwordBytes(PASSWORD);
	const turnedOn = await keys.call('turnOn', { user: ANA, password, entities: [HOME] });
	server.put(ANA, turnedOn.put);
	await keys.call('settle', { ticket: turnedOn.ticket, taken: true });
	const accept = () => keys.accept(server.served(HOME, ANA));
	await accept();
	const plain = { kind: 'symptom', version: 1, values: {}, meta: { at: '2026-01-01T00:00:00.000Z' } };
	const id = '00000000-0000-4000-8000-000000000001';
	const [body] = await keys.seal(HOME, 'health', [{ id, rev: '1', plain }]);
	if (body) await keys.open(HOME, 'health', [{ id, rev: '1', ...body }]);
	await keys.takeLocal({ kept: (await keys.takeLocal({ kept: [] })).kept });
	const [sealed = new Uint8Array()] = await keys.sealLocal([{ name: 'a', text: 'b' }]);
	await keys.openLocal([{ name: 'a', sealed }]);
	const { key, to } = await keys.drawShareKey();
	const place = { account: ANA, share: HOME };
	const content = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
	const box = await sealShare(nobleSuite(), to, place, JSON.stringify([{ key: content }]));
	await keys.openShare({ key, ...place, sealed: box });
	await keys.call('wrapForDevice', { deviceKey: await deviceKey() });
	await keys.call('wrapForDevice', { prf: crypto.getRandomValues(new Uint8Array(32)) });
	await keys.call('readPin', { pin: passwordBytes('271828'), salt: null });
	await keys.call('wrapForPin', { share: toBase64url(crypto.getRandomValues(new Uint8Array(32))) });
	for (const step of ['retire', 'rotate'] as const) {
		server.post(await keys.call('nextRoster', { entity: HOME, domain: 'health', step }));
		await accept();
	}
	const row = { id, domain: 'health', rev: '1', seq: '1', author: null, state: 'live', updatedAt: '' } as const;
	await keys.reseal(HOME, 'health', [
		{ ...row, plain },
		{ ...row, ...body }
	]);
	await keys.call('useLocal', null);
	await keys.call('known', null);
	await keys.call('moveOwn', { entity: HOME });
	await keys.call('nextBundle', null);
	await keys.call('renewRecoveryCode', null);
	await keys.call('revokeRecoveryCode', null);
	await keys.call('change', { password: passwordBytes(`${PASSWORD}2`), entities: [HOME] });
	await keys.call('unlock', { ...server.account(ANA), by: { recoveryCode: turnedOn.recoveryCode } });
}

async function deviceKey(): Promise<CryptoKey> {
	const bytes = new Uint8Array(32).fill(7);
	return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

describe('what the key worker posts', () => {
	beforeEach(watch);
	afterEach(() => {
		vi.restoreAllMocks();
		drawn.length = made.length = 0;
	});

	test('holds no key and no bytes of one, in any spelling', async () => {
		const port = new DeskPort(watchedRing());
		const posted: unknown[] = [];
		// Copied before the client hands it on.
		port.addEventListener('message', ({ data }) => posted.push(structuredClone(data)));
		await useAll(new KeyClient(port), new KeyServer());
		expect(posted.length).toBeGreaterThan(15);
		expect(posted).not.toContainEqual(expect.objectContaining({ refusal: expect.anything() as unknown }));
		// Account key, two seeds, a domain key, root key: twice, and one more domain key.
		expect(drawn.length).toBeGreaterThanOrEqual(10);
		expect(leaks(posted, drawn)).toEqual([]);
	});

	test('a planted key is found: as bytes, as a text in any spelling, and as a key', async () => {
		const ring = watchedRing();
		await useAll(new KeyClient(new DeskPort(ring)), new KeyServer());
		const secret = drawn[0] ?? Buffer.alloc(0);
		const { buffer } = Uint8Array.from([1, 2, ...secret]);
		for (const planted of [buffer, new Uint8Array(buffer), ...spellings(secret).map((text) => `x${text}y`)])
			expect(leaks([{ answer: { deep: [planted] } }], drawn)).toHaveLength(1);
		expect(leaks([{ answer: await deviceKey() }], drawn)).toEqual(['/0/answer: a key']);
	});

	test('and none of the keys that it works with can be exported', async () => {
		await useAll(new KeyClient(new DeskPort(watchedRing())), new KeyServer());
		expect(made.length).toBeGreaterThan(10);
		for (const key of made) await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
	});
});
