// Rows 3, 5, 13 and 14 of the attacks, by whoever answers or owns the database of a real server, and so has the keys of
// the system layer: each refused with a sentence, and shown to succeed against a client with the one check out.
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MemoryStore } from '../../src/lib/device/memory-store.ts';
import type { KdfParameters } from '../../src/lib/crypto/kdf.ts';
import { acceptRosters } from '../../src/lib/crypto/accept-rosters.ts';
import { acceptChecks } from '../../src/lib/keys/accept-entity.ts';
import type { AcceptChecks } from '../../src/lib/keys/accept-entity.ts';
import { Keyring } from '../../src/lib/keys/keyring.ts';
import { unlockChecks } from '../../src/lib/keys/unlock-account.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { KeptKeys } from '../../src/lib/vault/encryption/kept-keys.ts';
import { quickArgon2 } from '../unit/keys/quick-argon2.ts';
import type { Account } from './client.ts';
import { PASSWORD } from './hostile/device.ts';
import type { HostileDevice } from './hostile/device.ts';
import { HostileStage } from './hostile/stage.ts';

let stage: HostileStage;

beforeAll(async () => {
	stage = await HostileStage.open();
});
afterAll(() => stage.close());

/** The device's memory without what stands under some names. */
async function forgetting(store: MemoryStore, ...names: string[]): Promise<MemoryStore> {
	for (const prefix of names) for (const name of await store.textNames(prefix)) await store.writeText(name, null);
	return store;
}

describe('row 3: parameters that the server chose', () => {
	const weaker: [string, unknown][] = [
		['less memory', [32_768, 3, 1]],
		['next to none', [8, 1, 1]],
		['fewer passes', [65_536, 2, 1]],
		['no cost at all', [0, 0, 0]],
		['negative ones', [-65_536, 3, 1]],
		['half a pass', [65_536, 3.5, 1]],
		['more memory than any tab has', [4_194_304, 3, 1]]
	];

	/** A key worker that notes what it was asked to derive with. */
	const noting = (asked: KdfParameters[], checks = unlockChecks) => {
		return new Keyring((password, salt, cost) => (asked.push(cost), quickArgon2(password, salt, cost)), {
			unlock: checks
		});
	};
	const withParams = (params: unknown) => ({
		'GET /api/keys': (answer: object) => {
			const { slots, ...rest } = answer as { slots: { password: object } };
			return { ...rest, slots: { ...slots, password: { ...slots.password, params } } };
		}
	});

	test('are refused before anything is derived or sent, in words; without the check they would be derived with', async () => {
		const { ana, device } = await stage.turnedOn();
		for (const [what, params] of weaker) {
			const asked: KdfParameters[] = [];
			const alter = withParams(params);
			const known = stage.device(ana, { store: device.store, alter, ring: () => noting(asked) });
			expect(await known.unlock(), what).toBe(m.security_alarm_parameters());
			expect([asked, known.sent.filter((one) => !one.startsWith('GET '))], what).toEqual([[], []]);
			const lax = { ...unlockChecks, checkParameters: () => undefined };
			const deceived = stage.device(ana, { alter, ring: () => noting(asked, lax) });
			expect(await deceived.unlock(), what).not.toBe('open');
			const [m0, t, p] = params as [number, number, number];
			expect(asked, what).toEqual([{ m: m0, t, p }]);
			known.alter = {};
			expect(await known.unlock(), what).toBe('open');
		}
	});

	test('lower than this device has seen are refused, though another device would take them', async () => {
		const { ana, device } = await stage.turnedOn();
		const kept = new KeptKeys(device.vault);
		await kept.write('keys/seen', { version: 1, bundle: 1, params: [131_072, 3, 1] });
		expect(await stage.device(ana, { store: device.store }).unlock()).toBe(m.security_alarm_parameters());
		const store = await forgetting(device.store, 'keys/seen');
		expect(await stage.device(ana, { store }).unlock()).toBe('open');
	});
});

describe('row 5: wrapped keys that were altered in the database', () => {
	test.each(['salt', 'token', 'account_key'])(
		'%s is told, and asked for, exactly as a wrong password is',
		async (column) => {
			const { ana } = await stage.turnedOn();
			const wrong = stage.device(ana);
			const said = await wrong.unlock(`${PASSWORD}!`);
			expect(said).toBe(m.security_error_cannot_open());
			const back = await stage.remember();
			const name = stage.sql(column);
			await stage.tamper(
				(act) => act`update user_keys set ${name} = overlay(
				${name} placing case substr(${name}, 6, 1) when 'A' then 'B' else 'A' end from 6 for 1
			) where user_id = ${ana.id}`
			);
			const deceived = stage.device(ana);
			expect([await deceived.unlock(), deceived.sent]).toEqual([said, wrong.sent]);
			await back();
			expect(await stage.device(ana).unlock()).toBe('open');
		}
	);
});

describe('row 13: keys that are gone from the database', () => {
	const plainHealth = async (entity: string) => {
		const { sql } = stage;
		return (await sql`select from records where entity_id = ${entity} and domain = 'health' and generation is null`)
			.length;
	};
	const rostersOf = async (entity: string) => (await stage.sql`select from rosters where entity_id = ${entity}`).length;
	/** Takes the chain and its grants, and all that says that there ever was one. */
	const emptyChain = (act: TransactionSql, entity: string) => [
		act`delete from key_grants where entity_id = ${entity}`,
		act`delete from rosters where entity_id = ${entity}`,
		act`update heads set generation = null, oldest = null where entity_id = ${entity}`
	];
	const emptied = async (ana: Account, entity: string): Promise<() => Promise<void>> => {
		const back = await stage.remember();
		await stage.tamper(async (act) => {
			for (const table of ['bundles', 'user_keys', 'identities'])
				await act`delete from ${act(table)} where user_id = ${ana.id}`;
			await Promise.all(emptyChain(act, entity));
		});
		return back;
	};

	test('stop a device that knows of them: it says so, opens and sends nothing, and goes on once they are back', async () => {
		const { ana, entity, device } = await stage.turnedOn();
		const back = await emptied(ana, entity);
		const known = stage.device(ana, { store: device.store });
		expect(await known.unlock()).toBe(m.security_alarm_missing());
		expect([known.encryption.state, known.vault.locked]).toEqual(['missing', true]);
		expect(known.sent.every((one) => one.startsWith('GET '))).toBe(true);
		await back();
		expect(await stage.device(ana, { store: device.store }).unlock()).toBe('open');
		expect(await plainHealth(entity)).toBe(0);
	});

	test('would have a device without that memory begin in the clear', async () => {
		const { ana, entity, device } = await stage.turnedOn();
		await emptied(ana, entity);
		const forgetful = stage.device(ana, { store: await forgetting(device.store, 'keys/') });
		await forgetful.encryption.check();
		expect(forgetful.encryption.state).toBe('off');
		await forgetful.open(entity);
		expect(await forgetful.save('in the clear')).toBe('saved');
		await forgetful.sync.sync();
		expect(await plainHealth(entity)).toBe(1);
	});

	test('of one entity are an alarm, and no new chain is begun; a client that starts over begins one', async () => {
		const { ana, entity, device } = await stage.turnedOn();
		const chain = await rostersOf(entity);
		const back = await stage.remember();
		const empty = () => stage.tamper((act) => Promise.all(emptyChain(act, entity)));
		await empty();
		await device.save('kept here');
		await device.sync.sync();
		expect([await rostersOf(entity), await plainHealth(entity), device.sync.waiting]).toEqual([0, 0, 1]);
		expect(device.warning).toBe(m.security_alarm_rolled_back());
		await back();
		await device.vault.renewKeys(entity);
		await device.sync.sync();
		expect([await rostersOf(entity), device.sync.waiting]).toEqual([chain, 0]);

		await empty();
		const accept = Reflect.get(Keyring.prototype, 'accept');
		// A key worker that takes a chain that is gone for one that never was.
		const startsOver = vi.spyOn(Keyring.prototype, 'accept').mockImplementation(function (this: Keyring, served) {
			return served.rosters.length === 0 ? Promise.resolve(null) : accept.call(this, served);
		});
		const deceived = stage.device(ana, { store: await forgetting(device.store, 'keys/mark/', 'keys/entity/') });
		expect(await deceived.unlock()).toBe('open');
		await deceived.open(entity).catch(() => undefined);
		expect(await rostersOf(entity)).toBeGreaterThan(0);
		startsOver.mockRestore();
	});
});

describe("row 14: yesterday's database", () => {
	test('is told by a device that saw today, which opens by what it keeps; without memory a revoked code opens again', async () => {
		const { ana, device, recoveryCode } = await stage.turnedOn();
		const back = await stage.remember();
		const { recoveryCode: renewed } = await device.encryption.renewRecoveryCode('');
		await back();
		const byCode = async (one: HostileDevice, code: string) => {
			await one.encryption.check();
			return one.encryption.unlockWithRecoveryCode(code).then(
				() => 'open',
				(error: { code?: string }) => error.code
			);
		};
		const known = stage.device(ana, { store: device.store });
		expect(await byCode(known, recoveryCode)).toBe('crypto/cannot-open');
		expect(known.warning).toBe(m.security_alarm_rolled_back());
		expect(await byCode(known, renewed)).toBe('open');
		const forgetful = stage.device(ana, { store: await forgetting(device.store, 'keys/seen', 'keys/account') });
		expect([await byCode(forgetful, recoveryCode), forgetful.warning]).toEqual(['open', null]);
	});

	test('with its rosters is refused; a client that does not look seals what it writes under a key of yesterday', async () => {
		const { ana, entity, device } = await stage.turnedOn();
		const back = await stage.remember();
		await device.encryption.rotate(entity, 'health');
		await device.encryption.resume();
		await device.sync.sync();
		expect(device.shown).toEqual(['before 2']);
		await back();
		await device.sync.sync();
		await device.save('after');
		await device.sync.sync();
		expect(device.encryption.domainLayer(entity, 'health')).toMatchObject({ oldest: 2, current: 2 });
		expect(device.warning).toBe(m.security_alarm_rolled_back());
		const generations = async () =>
			(await stage.sql`select generation from records where entity_id = ${entity}`).map(
				(row) => row['generation'] as number
			);
		expect(await generations()).toEqual([1]);

		const accept: AcceptChecks = {
			...acceptChecks,
			checkSeen: () => undefined,
			acceptRosters: (chain, { mark: _, ...known }) => acceptRosters(chain, known)
		};
		const unlock = { ...unlockChecks, checkVersions: () => undefined };
		const ring = () => new Keyring(quickArgon2, { accept, unlock });
		const deceived = stage.device(ana, { store: await forgetting(device.store, 'keys/account', 'keys/entity/'), ring });
		expect(await deceived.unlock()).toBe('open');
		await deceived.open(entity);
		await deceived.save('for whoever had yesterday\u2019s key');
		await deceived.sync.sync();
		expect(deceived.encryption.domainLayer(entity, 'health')).toMatchObject({ current: 1 });
		expect((await generations()).length).toBeGreaterThan(1);
	});
});
