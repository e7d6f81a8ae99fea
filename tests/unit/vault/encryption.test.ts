import { describe, expect, test } from 'vitest';
import type { EntityView } from '../../../src/lib/vault/entity-view.ts';
import { sealedOnly } from '../../../src/lib/vault/sealed-only.ts';
import { ANA, HOME } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, plainRow, SIGN_IN } from './key-backend.ts';

describe('turning user encryption on', () => {
	test('refuses a password that is easily guessed, and sends nothing', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await expect(encryption.turnOn('Password1!')).rejects.toMatchObject({ code: 'crypto/password' });
		expect(backend.sent).toEqual([]);
	});

	test('signs in once more where that is asked for, and not with the password that is to be another', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await expect(encryption.turnOn(PASSWORD, 'wrong')).rejects.toMatchObject({ code: 'door/wrong-password' });
		expect(backend.sent).toEqual([]);
		backend.signIn = PASSWORD;
		await expect(encryption.turnOn(PASSWORD, PASSWORD)).rejects.toMatchObject({ code: 'crypto/password' });
		backend.signIn = SIGN_IN;
		await encryption.turnOn(PASSWORD, SIGN_IN);
		expect(encryption.state).toBe('open');
	});

	test('seals what was there, then takes the plain bodies from use', async () => {
		const backend = new KeyBackend();
		backend.rows = Array.from({ length: 230 }, (_, n) => plainRow(n + 1));
		const { encryption, vault } = backend.device();
		const { recoveryCode } = await encryption.turnOn(PASSWORD);
		expect(recoveryCode).toMatch(/^(?:[0-9A-Z]{4}-){8}.$/);
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 0, current: 1 });
		await encryption.resume();
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 1, current: 1 });
		expect(backend.rows.every((row) => row.generation === 1 && row.plain === undefined)).toBe(true);
		const [first] = backend.rows;
		const opened = await vault.keys?.open(HOME, 'health', [
			{ id: uuid(1), rev: '1', generation: 1, sealed: first?.sealed ?? '' }
		]);
		expect(opened).toMatchObject([{ ok: true, plain: { values: { what: 'cough 1' } } }]);
	});

	test('goes on where a device was killed, on another one', async () => {
		const backend = new KeyBackend();
		backend.rows = Array.from({ length: 230 }, (_, n) => plainRow(n + 1));
		const one = backend.device();
		await one.encryption.turnOn(PASSWORD);
		let pages = 0;
		backend.before = ({ path }) => (path === '/api/records/reseal' && ++pages > 1 ? problem(403, 'gone') : null);
		await expect(one.encryption.resume()).rejects.toMatchObject({ status: 403 });
		expect(one.encryption.job).toBeNull();
		backend.before = () => null;
		const other = backend.device();
		await other.encryption.check();
		await other.encryption.unlock(PASSWORD);
		await other.vault.client.call('listEntities').then(({ entities }) => (other.vault.entities = entities));
		await other.encryption.resume();
		expect(backend.rows.every((row) => row.generation === 1)).toBe(true);
		expect(other.encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 1, current: 1 });
	});

	test('is done, with its code, where the network goes right after', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		backend.before = ({ path }) => (path.startsWith('/api/rosters') ? 'lost' : null);
		const { recoveryCode } = await encryption.turnOn(PASSWORD);
		backend.before = () => null;
		expect(encryption.state).toBe('open');
		await encryption.resume();
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 1, current: 1 });
		await encryption.lock();
		await encryption.unlockWithRecoveryCode(recoveryCode);
	});

	test('is found to be done where only the answer was lost', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		backend.before = (sent) => {
			if (sent.method !== 'PUT' || sent.path !== '/api/keys') return null;
			backend.before = () => null;
			backend.answer(sent);
			return 'lost';
		};
		await encryption.turnOn(PASSWORD);
		expect([encryption.state, encryption.version]).toEqual(['open', 1]);
	});
});

describe('unlocking', () => {
	test('needs the right password, with and without a network', async () => {
		const backend = new KeyBackend();
		const { encryption, store } = backend.device();
		await encryption.turnOn(PASSWORD);
		await encryption.lock();
		expect(encryption.state).toBe('locked');
		await expect(encryption.unlock(`${PASSWORD}!`)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await encryption.unlock(PASSWORD);
		expect(encryption.state).toBe('open');
		backend.before = () => 'lost';
		const offline = backend.device(store);
		await offline.encryption.check();
		expect(offline.encryption.state).toBe('locked');
		await expect(offline.encryption.unlock(`${PASSWORD}!`)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await offline.encryption.unlock(PASSWORD);
		expect(offline.encryption.domainLayer(HOME, 'health')).toMatchObject({ current: 1 });
	});

	test('ends the worker at the lock, and whoever waits for it hears that', async () => {
		const { encryption, vault, ports } = new KeyBackend().device();
		await encryption.turnOn(PASSWORD);
		const { keys } = vault;
		const waiting = keys?.sealLocal([{ name: 'a', text: 'b' }]);
		await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'keys/locked' }), encryption.lock()]);
		expect([vault.locked, ports.at(-1)?.terminated]).toEqual([true, true]);
		await expect(keys?.sealLocal([])).rejects.toMatchObject({ code: 'keys/locked' });
	});

	test('is needed again where the worker dies by itself', async () => {
		const { encryption, vault, ports } = new KeyBackend().device();
		await encryption.turnOn(PASSWORD);
		ports.at(-1)?.die();
		expect([encryption.state, vault.locked]).toEqual(['locked', true]);
		await encryption.unlock(PASSWORD);
		expect(encryption.state).toBe('open');
	});
});

describe('a server that denies the keys, or gives old ones,', () => {
	test('is not believed by a device that saw others, and nothing is opened or sent', async () => {
		const backend = new KeyBackend();
		const { encryption, store } = backend.device();
		await encryption.turnOn(PASSWORD);
		backend.server.keys.clear();
		backend.server.bundles.clear();
		const again = backend.device(store);
		await again.encryption.check();
		expect([again.encryption.state, again.vault.locked]).toEqual(['missing', true]);
		backend.sent.length = 0;
		await expect(again.encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'keys/missing' });
		expect(backend.sent.every(({ method }) => method === 'GET')).toBe(true);
		const unknowing = backend.device();
		await unknowing.encryption.check();
		expect(unknowing.encryption.state).toBe('off');
	});

	test('or gives those of yesterday is not believed either: the newer ones that are kept here open, and it is told', async () => {
		const backend = new KeyBackend();
		const { encryption, store } = backend.device();
		await encryption.turnOn(PASSWORD);
		const yesterday = [new Map(backend.server.keys), new Map(backend.server.bundles)] as const;
		const { recoveryCode } = await encryption.renewRecoveryCode(SIGN_IN);
		yesterday[0].forEach((keys, id) => backend.server.keys.set(id, keys));
		yesterday[1].forEach((bundle, id) => backend.server.bundles.set(id, bundle));
		const [known, unknowing] = [backend.device(store), backend.device()];
		for (const { encryption: again } of [known, unknowing]) await again.check();
		await known.encryption.unlockWithRecoveryCode(recoveryCode);
		expect(known.encryption.alarm).toMatchObject({ code: 'crypto/rolled-back' });
		const deceived = unknowing.encryption.unlockWithRecoveryCode(recoveryCode);
		await expect(deceived).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await unknowing.encryption.unlock(PASSWORD);
		expect([unknowing.encryption.version, unknowing.encryption.alarm]).toEqual([1, null]);
	});

	test('of one page, asked for twice at once, are no alarm', async () => {
		const backend = new KeyBackend();
		const { encryption, vault } = backend.device();
		await encryption.turnOn(PASSWORD);
		await Promise.all([encryption.resume(), vault.renewKeys(HOME), vault.renewKeys(HOME)]);
		expect(encryption.alarm).toBeNull();
		const { version } = backend.server.bundles.values().next().value ?? { version: 0 };
		expect(version).toBe(2);
	});

	test.each([
		['no answer', 'lost'],
		['a fault', problem(503, 'http/busy')],
		['a 404, of whatever kind', problem(404, 'keys/none')],
		['no version and keys all the same', { version: 0, slots: {} }]
	] as const)('is told apart from one that gives %s: health waits', async (_, answer) => {
		const backend = new KeyBackend();
		const { encryption, vault } = backend.device();
		const own = { role: 'owner' } as EntityView;
		backend.before = ({ path }) => (path === '/api/keys' ? answer : null);
		await encryption.check();
		expect([encryption.state, sealedOnly(vault, own)]).toEqual(['unknown', ['health']]);
		backend.before = () => null;
		await encryption.check();
		expect([encryption.state, sealedOnly(vault, own)]).toEqual(['off', []]);
	});
});

describe('row 40: a bundle put by somebody with a session', () => {
	test('that nobody opens locks nobody out: the one before opens, it is told, and ours goes on top', async () => {
		const backend = new KeyBackend();
		const { encryption, store } = backend.device();
		await encryption.turnOn(PASSWORD);
		await encryption.resume();
		const good = backend.server.bundles.get(ANA);
		const version = (good?.version ?? 0) + 1;
		backend.answer({
			method: 'PUT',
			path: '/api/bundle',
			token: '',
			text: JSON.stringify({ version, sealed: good?.sealed })
		});
		for (const device of [backend.device(store), backend.device()]) {
			await device.encryption.check();
			await expect(device.encryption.unlock(`${PASSWORD}!`)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
			await device.encryption.unlock(PASSWORD);
			expect(device.encryption.alarm).toMatchObject({ code: 'keys/bundle' });
		}
		const last = backend.device();
		await last.encryption.check();
		await last.encryption.unlock(PASSWORD);
		await last.vault.renewKeys(HOME);
		expect(backend.server.bundles.get(ANA)?.version).toBe(version + 1);
		const after = backend.device();
		await after.encryption.check();
		await after.encryption.unlock(PASSWORD);
		expect(after.encryption.alarm).toBeNull();
	});
});

describe('the recovery code', () => {
	test('opens; renewed, only the new one does; revoked, none', async () => {
		const { encryption } = new KeyBackend().device();
		const { recoveryCode: first } = await encryption.turnOn(PASSWORD);
		await expect(encryption.renewRecoveryCode('wrong')).rejects.toMatchObject({ code: 'door/wrong-password' });
		const { recoveryCode: second } = await encryption.renewRecoveryCode(SIGN_IN);
		const opens = async (code: string) => {
			await encryption.lock();
			await encryption.unlockWithRecoveryCode(code);
		};
		await expect(opens(first)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await opens(second);
		await encryption.revokeRecoveryCode(SIGN_IN);
		expect([encryption.hasRecoveryCode, encryption.version]).toEqual([false, 3]);
		await expect(opens(second)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await encryption.unlock(PASSWORD);
	});
});
