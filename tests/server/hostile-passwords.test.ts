// Rows 4, 6 and 38 of the attacks, by whoever answers for a real server and has the keys of the system layer: salts, a
// wrapped key that opens under two passwords, and what an old password with an old dump still opens.
import { hkdfSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeysAnswer } from '../../src/lib/api/keys.ts';
import { accountKeyAad } from '../../src/lib/crypto/account-key.ts';
import { toBase64url } from '../../src/lib/crypto/base64url.ts';
import { joinBytes } from '../../src/lib/crypto/bytes.ts';
import { defaultParameters, parameterBytes } from '../../src/lib/crypto/kdf.ts';
import { passwordBytes } from '../../src/lib/crypto/root-key.ts';
import { acceptChecks } from '../../src/lib/keys/accept-entity.ts';
import { Keyring } from '../../src/lib/keys/keyring.ts';
import { unlockChecks } from '../../src/lib/keys/unlock-account.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { sealUnderBoth } from '../unit/crypto/ghash.ts';
import { quickArgon2 } from '../unit/keys/quick-argon2.ts';
import { PASSWORD } from './hostile/device.ts';
import type { HostileDevice } from './hostile/device.ts';
import { HostileStage } from './hostile/stage.ts';

const NEXT = 'Copper-window 19 thistle marble';
let stage: HostileStage;

beforeAll(async () => {
	stage = await HostileStage.open();
});
afterAll(() => stage.close());

/** What a device says and asks for when it is opened with a password. */
async function reaction(device: HostileDevice, password: string): Promise<[said: string, sent: string[]]> {
	const said = await device.unlock(password);
	return [said, device.sent.splice(0)];
}

const withSlot = (slot: Partial<KeysAnswer['slots']['password']>) => ({
	'GET /api/keys': (answer: object) => {
		const { slots, ...rest } = answer as KeysAnswer;
		return { ...rest, slots: { ...slots, password: { ...slots.password, ...slot } } };
	}
});

describe('row 4: a salt that the server chose', () => {
	test('of zeros, or another person’s, opens nothing and looks like a wrong password; a short one is not even tried', async () => {
		const [{ ana }, other] = [await stage.turnedOn(), await stage.turnedOn()];
		const [theirs] = await stage.sql<{ salt: string }[]>`select salt from user_keys where user_id = ${other.ana.id}`;
		const wrong = await reaction(stage.device(ana), `${PASSWORD}!`);
		for (const salt of [toBase64url(new Uint8Array(16)), theirs?.salt ?? ''])
			expect(await reaction(stage.device(ana, { alter: withSlot({ salt }) }), PASSWORD)).toEqual(wrong);
		let derived = 0;
		const ring = () => new Keyring((...asked) => (derived++, quickArgon2(...asked)));
		const short = stage.device(ana, { alter: withSlot({ salt: 'AAAA' }), ring });
		await expect(short.encryption.check().then(() => short.encryption.unlock(PASSWORD))).rejects.toBeDefined();
		expect(derived).toBe(0);
		expect(await stage.device(ana).unlock()).toBe('open');
	});
});

describe('row 6: a wrapped key that opens under two passwords', () => {
	/** One that was made for two guesses, with a token that is neither’s. */
	async function crafted(user: string, guesses: readonly [string, string]) {
		const salt = new Uint8Array(randomBytes(16));
		const token = new Uint8Array(randomBytes(32));
		const keyOf = async (guess: string) => {
			const root = await quickArgon2(passwordBytes(guess), salt, defaultParameters);
			return new Uint8Array(hkdfSync('sha256', root, '', 'arca/1 wrap', 32));
		};
		const nonce = new Uint8Array(randomBytes(12));
		const aad = accountKeyAad('password', user, parameterBytes(defaultParameters, salt), token);
		const both = sealUnderBoth([await keyOf(guesses[0]), await keyOf(guesses[1])], nonce, aad);
		const accountKey = toBase64url(joinBytes(nonce, new Uint8Array(both)));
		return withSlot({ salt: toBase64url(salt), token: toBase64url(token), accountKey });
	}

	test('tells nobody which of two sets a password is in; without the token it would, by what is asked for next', async () => {
		const { ana } = await stage.turnedOn();
		const alter = await crafted(ana.id, [PASSWORD, NEXT]);
		const honest = await reaction(stage.device(ana), `${PASSWORD}!`);
		for (const password of [PASSWORD, NEXT, `${PASSWORD}!`])
			expect(await reaction(stage.device(ana, { alter }), password)).toEqual(honest);
		const unlock = { ...unlockChecks, checkToken: () => Promise.resolve() };
		const ring = () => new Keyring(quickArgon2, { unlock });
		const traffic: number[] = [];
		for (const password of [PASSWORD, NEXT, `${PASSWORD}!`]) {
			const [said, sent] = await reaction(stage.device(ana, { alter, ring }), password);
			expect(said).toBe(m.security_error_cannot_open());
			traffic.push(sent.length);
		}
		const [one = 0, other = 0, neither = 0] = traffic;
		expect([one === other, one > neither]).toEqual([true, true]);
	});
});

describe('row 38: the old password and an old dump', () => {
	test('open the account of then, and nothing that was written, sealed anew or granted since', async () => {
		const { ana, entity, device } = await stage.turnedOn();
		const answers = async (device: HostileDevice) => {
			const { client } = device.vault;
			const rosters = await client.call('listRosters', { query: { entity } });
			const grants = await client.call('listGrants', { query: { entity } });
			const body = { entity, after: { health: '0' } };
			const page = await client.call('pullRecords', { body });
			return { page, keys: await client.call('getKeys'), bundle: await client.call('getBundle'), rosters, grants };
		};
		const dump = await answers(device);
		await device.encryption.change(NEXT, '');
		await device.encryption.resume();
		await device.open(entity);
		await device.save('after');
		await device.sync.sync();
		expect(device.shown).toEqual(['after 2', 'before 2']);
		expect(await stage.device(ana).unlock(), 'the old password, at the server of now').toBe(
			m.security_error_cannot_open()
		);
		const alter = {
			'GET /api/keys': () => dump.keys,
			'GET /api/bundle': () => dump.bundle,
			'GET /api/rosters': () => dump.rosters,
			'GET /api/grants': () => dump.grants
		};
		for (const checks of [{}, { accept: { ...acceptChecks, checkReplaced: () => undefined } }]) {
			const thief = stage.device(ana, { alter, ring: () => new Keyring(quickArgon2, checks) });
			expect(await thief.unlock()).toBe('open');
			await thief.open(entity).catch(() => undefined);
			expect(thief.shown.filter((text) => /before|after/.test(text))).toEqual([]);
		}
		const then = stage.device(ana, { alter: { ...alter, 'POST /api/records/pull': () => dump.page } });
		expect(await then.unlock()).toBe('open');
		expect((await then.open(entity)).shown, 'with the records of the dump as well: the vault of then').toEqual([
			'before 1'
		]);
		const own = stage.device(ana);
		expect(await own.unlock(NEXT)).toBe('open');
		expect((await own.open(entity)).shown).toEqual(['after 2', 'before 2']);
	});
});
