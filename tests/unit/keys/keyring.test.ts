import { describe, expect, test } from 'vitest';
import type { Plain, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { bytesOf } from '../../../src/lib/keys/api-bytes.ts';
import { jsonColumns } from '../../../src/lib/keys/columns.ts';
import { writeText } from '../../../src/lib/keys/local-texts.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { openBy, resealBy, sealBy } from './by-ring.ts';
import { quickArgon2, realArgon2 } from './quick-argon2.ts';
import { ANA, FLAT, HOME, jsonOf, PASSWORD, turnedOn, unlockedAgain } from './unlocked.ts';

const id = '00000000-0000-4000-8000-000000000001';
const at = { entity: HOME, domain: 'health' } as const;

async function sealedBy(
	ring: Keyring,
	what: string
): Promise<{ id: string; rev: string; sealed: string; generation: number }> {
	const [body] = await sealBy(ring, [{ id, rev: '1', json: jsonOf(what) }]);
	if (!body) throw new Error('not sealed');
	return { id, rev: '1', ...body };
}

describe('turning user encryption on', () => {
	test('gives each entity a first roster with generation 1 of its health key, still being switched on', async () => {
		const { server, ring } = await turnedOn([HOME, FLAT]);
		const view = await ring.accept(server.served(FLAT, ANA));
		expect(view).toMatchObject({
			entity: FLAT,
			mark: { epoch: 1, counter: 1 },
			members: [{ id: ANA, role: 'owner' }],
			layers: [{ domain: 'health', oldest: 0, current: 1, since: '2026-01-01T00:00:00.000Z' }]
		});
	});

	test('holds nothing before the server took the keys', async () => {
		const ring = new Keyring(quickArgon2);
		const { ticket } = await ring.turnOn({ user: ANA, password: bytesOf(PASSWORD), entities: [HOME] });
		await ring.settle({ ticket, taken: false });
		await expect(sealBy(ring, [])).rejects.toMatchObject({ code: 'keys/no-layer' });
		await expect(ring.nextBundle()).rejects.toMatchObject({ code: 'keys/locked' });
	});

	test('zero-fills the password that it was given', async () => {
		const password = bytesOf(PASSWORD);
		await new Keyring(quickArgon2).turnOn({ user: ANA, password, entities: [] });
		expect(password.every((byte) => byte === 0)).toBe(true);
	});
});

test('what the server took is told by its ticket: keys that it did not take are never gone on with', async () => {
	const { server, ring } = await turnedOn();
	server.post(await ring.nextRoster({ ...at, step: 'retire' }));
	await ring.accept(server.served(HOME, ANA));
	const bundle = await ring.nextBundle();
	const changed = await ring.change({ password: bytesOf(`${PASSWORD} new`), entities: [HOME] });
	await ring.settle({ ticket: bundle?.ticket ?? 0, taken: true });
	await ring.settle({ ticket: changed.ticket, taken: false });
	await expect(ring.accept(server.served(HOME, ANA))).resolves.toMatchObject({ mark: { counter: 2 } });
	expect(await ring.nextBundle()).toBeNull();
});

describe('unlocking', () => {
	test('with a wrong password does not, with the right one does, at the real cost', async () => {
		const server = await turnedOnReally();
		const ring = new Keyring(realArgon2);
		const opened = (password: string) => ring.unlock({ ...server.account(ANA), by: { password: bytesOf(password) } });
		await expect(opened(`${PASSWORD} `)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await expect(opened(PASSWORD)).resolves.toBe(true);
	}, 120_000);

	test('with the recovery code opens what the password seals', async () => {
		const { server, ring, recoveryCode } = await turnedOn();
		const body = await sealedBy(ring, 'cough');
		const other = new Keyring(quickArgon2);
		await other.unlock({ ...server.account(ANA), by: { recoveryCode: ` ${recoveryCode.toLowerCase()} ` } });
		await other.accept(server.served(HOME, ANA));
		expect(await openBy(other, [body])).toEqual([{ ok: true, json: jsonOf('cough'), author: ANA }]);
		const mistyped = recoveryCode.startsWith('0') ? `1${recoveryCode.slice(1)}` : `0${recoveryCode.slice(1)}`;
		const failing = other.unlock({ ...server.account(ANA), by: { recoveryCode: mistyped } });
		await expect(failing).rejects.toMatchObject({ code: 'crypto/recovery-code' });
	});

	test('with what this device keeps works for the same device key and person alone', async () => {
		const { server, ring } = await turnedOn();
		const [deviceKey, another] = await Promise.all([drawHkdf(), drawHkdf()]);
		const wrapped = await ring.wrapForDevice({ deviceKey });
		const other = new Keyring(quickArgon2);
		const by = (key: CryptoKey) => other.unlock({ ...server.account(ANA), by: { deviceKey: key, wrapped } });
		await expect(by(another)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await by(deviceKey);
		await other.accept(server.served(HOME, ANA));
		expect(await openBy(other, [await sealedBy(ring, 'cough')])).toMatchObject([{ ok: true }]);
	});
});

describe('what an authenticator gives', () => {
	test('opens what it wrapped, another output does not, and neither stays in memory', async () => {
		const { server, ring } = await turnedOn();
		const output = crypto.getRandomValues(new Uint8Array(32));
		const given = [output.slice(), output.map((byte) => byte ^ 1), output.slice()] as const;
		const wrapped = await ring.wrapForDevice({ prf: given[0] });
		const other = new Keyring(quickArgon2);
		const by = (prf: Uint8Array<ArrayBuffer>) => other.unlock({ ...server.account(ANA), by: { prf, wrapped } });
		await expect(by(given[1])).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(await by(given[2])).toBe(true);
		for (const bytes of given) expect([...new Set(bytes)]).toEqual([0]);
		await expect(ring.wrapForDevice({ prf: new Uint8Array(32) })).rejects.toMatchObject({ code: 'crypto/input' });
	});
});

describe('bodies', () => {
	test('open on another device of the person, each in its own place alone', async () => {
		const { server, ring } = await turnedOn();
		const body = await sealedBy(ring, 'cough');
		const other = await unlockedAgain(server);
		const moved = [
			{ ...body, rev: '2' },
			{ ...body, id: FLAT },
			{ ...body, generation: 2 }
		];
		expect(await openBy(other, [body, ...moved])).toEqual([
			{ ok: true, json: jsonOf('cough'), author: ANA },
			{ ok: false, why: 'cannot-open' },
			{ ok: false, why: 'cannot-open' },
			{ ok: false, why: 'retired' }
		]);
	});

	test('that are not base64url as it is written stop no other, neither opened nor sealed anew', async () => {
		const { ring } = await turnedOn();
		const body = await sealedBy(ring, 'cough');
		const bad = ['not base64url', `${body.sealed}=`, `${body.sealed}A`, ''].map((sealed) => ({ ...body, sealed }));
		const whys = (await openBy(ring, [...bad, body])).map((one) => (one.ok ? 'opened' : one.why));
		expect(whys).toEqual([...bad.map(() => 'cannot-open'), 'opened']);
		const kept = {
			domain: 'health',
			seq: '1',
			author: ANA,
			state: 'live',
			updatedAt: '2026-03-01T09:30:00.000Z'
		} as const;
		const anew = await resealBy(
			ring,
			[...bad, body].map((one) => ({ ...one, ...kept }))
		);
		expect(anew.map(({ sealed }) => sealed !== null)).toEqual([...bad.map(() => false), true]);
	});

	test('whose revision is no number stop no other, neither opened nor sealed anew', async () => {
		const { ring } = await turnedOn();
		const body = await sealedBy(ring, 'cough');
		const rows = ['x', '', '1.0', '-1', '0x1', ' 1', '9'.repeat(30)].map((rev) => ({ ...body, rev }));
		const whys = (await openBy(ring, [...rows, body])).map((one) => (one.ok ? 'opened' : one.why));
		expect(whys).toEqual([...rows.map(() => 'cannot-open'), 'opened']);
		const kept = { domain: 'health', seq: '1', author: ANA, state: 'live', updatedAt: '' } as const;
		const plain = JSON.parse(jsonOf('cough')) as RecordRow['plain'];
		const { sealed: _, generation: __, ...clear } = { ...body, ...kept, plain };
		const given = [...rows.map((row) => ({ ...row, ...kept })), { ...clear, rev: 'x' }, clear, { ...body, ...kept }];
		const anew = await resealBy(ring, given);
		expect(anew.map(({ sealed }) => sealed !== null)).toEqual([...rows.map(() => false), false, true, true]);
	});

	test('that are no record are neither sealed nor sealed anew, and stop no other from it', async () => {
		const { ring } = await turnedOn();
		const [good, bad] = [JSON.parse(jsonOf('cough')) as Plain, { kind: 'symptom', version: 1, values: {}, meta: {} }];
		await expect(sealBy(ring, [{ id, rev: '1', json: JSON.stringify(bad) }])).rejects.toMatchObject({
			code: 'crypto/input'
		});
		const row = { id, domain: 'health', rev: '1', seq: '1', author: ANA, state: 'live', updatedAt: '' } as const;
		// Without a generation, bytes that somebody laid out would be signed unread.
		const laidOut = Buffer.from(jsonColumns([{ id, rev: '1', json: jsonOf('cough') }]).bytes);
		const rows = [
			{ ...row, plain: bad },
			{ ...row, sealed: laidOut.toString('base64url') },
			{ ...row, plain: good }
		];
		const anew = await resealBy(ring, rows);
		expect(anew.map(({ sealed }) => sealed !== null)).toEqual([false, false, true]);
	});

	test('in letters of any length in UTF-8 come back to the character', async () => {
		const { ring } = await turnedOn();
		const whats = ['', 'é'.repeat(300), '€'.repeat(5000), '🥖'.repeat(70), 'a'.repeat(90_000), '\ufeff€'];
		const bodies = whats.map((what, at) => ({ id, rev: String(at + 1), json: jsonOf(what) }));
		const rows = (await sealBy(ring, bodies)).map((body, at) => ({ id, rev: String(at + 1), ...body }));
		expect(await openBy(ring, rows)).toEqual(whats.map((what) => ({ ok: true, json: jsonOf(what), author: ANA })));
	});

	test('sealed twice have no nonce in common', async () => {
		const { ring } = await turnedOn();
		const count = process.env['ARCA_SOAK'] ? 500_000 : 200;
		const bodies = Array.from({ length: count }, (_, n) => ({ id, rev: String(n + 1), json: jsonOf('cough') }));
		const sealed = await sealBy(ring, [...bodies, ...bodies]);
		const nonces = sealed.map((body) => Buffer.from(body.sealed, 'base64url').subarray(6, 18).toString('hex'));
		expect(new Set(nonces).size).toBe(2 * count);
	}, 600_000);

	test('a text for the device opens under its name alone, where what the device keeps of its key opens', async () => {
		const { ring, server } = await turnedOn();
		const { kept } = await ring.takeLocal({ kept: [] });
		const again = await unlockedAgain(server);
		expect(await again.takeLocal({ kept })).toEqual({ kept, newest: 1, older: 0, closed: 0 });
		const { ring: stranger } = await turnedOn();
		expect(await stranger.takeLocal({ kept })).toMatchObject({
			kept: [expect.anything(), ...kept],
			newest: 2,
			closed: 1
		});
		const text = writeText('typed');
		const [sealed = new Uint8Array()] = await ring.sealLocal([{ name: 'draft/1', text }]);
		const asked = [
			{ name: 'draft/1', sealed },
			{ name: 'draft/2', sealed }
		];
		expect(await ring.openLocal(asked)).toEqual([bytesOf('typed'), null]);
		expect(await again.openLocal(asked)).toEqual([bytesOf('typed'), null]);
		expect(await stranger.openLocal(asked)).toEqual([null, null]);
	});
});

async function turnedOnReally() {
	const { KeyServer } = await import('./key-server.ts');
	const [server, ring] = [new KeyServer(), new Keyring(realArgon2)];
	const { put } = await ring.turnOn({ user: ANA, password: bytesOf(PASSWORD), entities: [] });
	server.put(ANA, put);
	return server;
}

async function drawHkdf(): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'HKDF', false, [
		'deriveKey',
		'deriveBits'
	]);
}
