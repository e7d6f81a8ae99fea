import { describe, expect, test } from 'vitest';
import { ANA, HOME } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, plainRow, SIGN_IN } from './key-backend.ts';

const NEXT = 'Copper-window 19 thistle marble';

describe('a change of the password', () => {
	test('makes everything new: the old password and code open nothing, what was there is sealed anew', async () => {
		const backend = new KeyBackend();
		backend.rows = [plainRow(1), plainRow(2)];
		const { encryption, vault } = backend.device();
		const { recoveryCode: old } = await encryption.turnOn(PASSWORD);
		await encryption.resume();
		await expect(encryption.change(NEXT, 'wrong')).rejects.toMatchObject({ code: 'door/wrong-password' });
		const { recoveryCode } = await encryption.change(NEXT, SIGN_IN);
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 1, current: 2 });
		await encryption.resume();
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 2, current: 2 });
		expect(backend.rows.map(({ generation }) => generation)).toEqual([2, 2]);
		const row = { id: uuid(1), rev: '1', generation: 2, sealed: backend.rows[0]?.sealed ?? '' };
		expect(await vault.keys?.open(HOME, 'health', [row])).toMatchObject([{ ok: true }]);
		await encryption.lock();
		await expect(encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await expect(encryption.unlockWithRecoveryCode(old)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await encryption.unlockWithRecoveryCode(recoveryCode);
		await encryption.lock();
		await encryption.unlock(NEXT);
		expect([encryption.state, encryption.version]).toEqual(['open', 2]);
	});

	test('is told to have happened, with its code, whatever fails after the server has it', async () => {
		for (const trouble of ['lost', 'denied'] as const) {
			const backend = new KeyBackend();
			const { encryption } = backend.device();
			await encryption.turnOn(PASSWORD);
			backend.before = ({ method, path }) => {
				if (!path.startsWith('/api/rosters') || (backend.server.keys.get(ANA)?.version ?? 0) < 2) return null;
				return trouble === 'lost' && method === 'GET' ? 'lost' : problem(403, 'denied');
			};
			const { recoveryCode } = await encryption.change(NEXT, SIGN_IN);
			backend.before = () => null;
			await encryption.lock();
			await expect(encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
			await encryption.unlockWithRecoveryCode(recoveryCode);
		}
	});

	test('whose rosters could not be asked for afterwards goes on with them at the next resume', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await encryption.turnOn(PASSWORD);
		await encryption.resume();
		backend.before = ({ method, path }) =>
			method === 'GET' && path.startsWith('/api/rosters') && backend.server.keys.get(ANA)?.version === 2
				? 'lost'
				: null;
		await encryption.change(NEXT, SIGN_IN);
		backend.before = () => null;
		await encryption.resume();
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 2, current: 2 });
	});

	test('of which nobody can tell whether it happened is told so', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await encryption.turnOn(PASSWORD);
		let cut = false;
		backend.before = (sent) => {
			if (`${sent.method} ${sent.path}` === 'PUT /api/keys') cut = true;
			return cut ? 'lost' : null;
		};
		await expect(encryption.change(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/outcome-unknown' });
	});

	test('leaves a page of before with keys that sign nothing any more', async () => {
		const backend = new KeyBackend();
		const [one, other] = [backend.device(), backend.device()];
		await one.encryption.turnOn(PASSWORD);
		await other.encryption.check();
		await other.encryption.unlock(PASSWORD);
		await one.encryption.change(NEXT, SIGN_IN);
		const rotated = other.encryption.rotate(HOME, 'health');
		await expect(rotated).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		await one.encryption.resume();
		expect(one.encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 2, current: 2 });
	});

	test('that another device made first is told, and changes nothing here', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await encryption.turnOn(PASSWORD);
		backend.before = ({ method, path }) =>
			`${method} ${path}` === 'PUT /api/keys' ? problem(409, 'keys/conflict') : null;
		await expect(encryption.change(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		backend.before = () => null;
		await encryption.lock();
		await encryption.unlock(PASSWORD);
	});

	test('leaves what this device keeps for itself as it is: it opens after the lock, too', async () => {
		const { encryption, vault } = new KeyBackend().device();
		await encryption.turnOn(PASSWORD);
		const [sealed = new Uint8Array()] = (await vault.keys?.sealLocal([{ name: 'draft/1', text: 'typed' }])) ?? [];
		await encryption.change(NEXT, SIGN_IN);
		await encryption.lock();
		await encryption.unlock(NEXT);
		expect(await vault.keys?.openLocal([{ name: 'draft/1', sealed }])).toEqual(['typed']);
	});
});

describe('a reset without the old password', () => {
	test('is not done before it is due; then it begins anew, and what was sealed stays unreadable', async () => {
		const backend = new KeyBackend();
		backend.rows = [plainRow(1), plainRow(2)];
		const first = backend.device();
		await first.encryption.turnOn(PASSWORD);
		await first.encryption.resume();
		const { encryption, vault, store } = backend.device(first.store);
		await encryption.check();
		expect(encryption.state).toBe('locked');
		expect(await encryption.countUnreadable()).toBe(2);
		await encryption.askReset();
		await expect(encryption.finishReset(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/not-due' });
		backend.makeDue();
		await encryption.finishReset(NEXT, SIGN_IN);
		expect([encryption.state, encryption.version]).toEqual(['open', 2]);
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 1, current: 2 });
		const row = { id: uuid(1), rev: '1', generation: 1, sealed: backend.rows[0]?.sealed ?? '' };
		expect(await vault.keys?.open(HOME, 'health', [row])).toEqual([{ ok: false, why: 'no-key' }]);
		const again = backend.device(store);
		await again.encryption.check();
		await expect(again.encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await again.encryption.unlock(NEXT);
		expect(again.encryption.domainLayer(HOME, 'health')).toMatchObject({ current: 2 });
	});

	test('can be called off', async () => {
		const backend = new KeyBackend();
		const { encryption } = backend.device();
		await encryption.turnOn(PASSWORD);
		await encryption.askReset();
		expect(encryption.reset?.due).toBeInstanceOf(Date);
		await encryption.cancelReset();
		expect(encryption.reset).toBeNull();
	});
});

describe('who stands in an entity’s roster', () => {
	/** Somebody else's, who has no user encryption. */
	const hers = {
		...{ id: HOME, kind: 'person', name: 'Eva', values: {}, role: 'member', domains: ['health'] },
		epoch: 'e'
	};
	const notOwned = ({ path }: { path: string }) =>
		path === '/api/entities' ? { entities: [{ ...hers, restoredFrom: null, rev: '1' }] } : null;

	test('is not known before the server was heard, and nobody where it has none', async () => {
		const backend = new KeyBackend();
		const { encryption, vault } = backend.device();
		backend.before = (sent) => (sent.path.startsWith('/api/rosters') ? 'lost' : notOwned(sent));
		await encryption.turnOn(PASSWORD);
		expect(encryption.members(HOME)).toBeNull();
		await expect(vault.renewKeys(HOME)).rejects.toMatchObject({ code: 'sync/unreachable' });
		expect(encryption.members(HOME)).toBeNull();
		backend.before = notOwned;
		await vault.renewKeys(HOME);
		expect(encryption.members(HOME)).toEqual([]);
		await encryption.lock();
		expect(encryption.members(HOME)).toBeNull();
	});
});
