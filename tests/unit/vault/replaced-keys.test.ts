import { describe, expect, test } from 'vitest';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import type { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { ANA, HOME } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import { ENCRYPTION_PASSWORD as FIRST, KeyBackend, SIGN_IN } from './key-backend.ts';

const NEXT = 'Copper-window 19 thistle marble';

/** Two devices of one person, both open with the first password. */
async function twoOpen() {
	const backend = new KeyBackend();
	const [laptop, phone] = [backend.device(), backend.device()];
	await laptop.encryption.turnOn(FIRST);
	await phone.encryption.check();
	await phone.encryption.unlock(FIRST);
	return { backend, laptop, phone };
}

/** The key worker of a device's page. */
const keysOf = ({ vault }: ReturnType<KeyBackend['device']>): KeyClient => vault.keys as KeyClient;

describe('a page whose keys are replaced on another device', () => {
	test('is to be locked once it asks for rosters, and opens with the new password', async () => {
		const { laptop, phone } = await twoOpen();
		await laptop.encryption.change(NEXT, SIGN_IN);
		await expect(phone.vault.renewKeys(HOME)).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		expect([phone.encryption.replaced, phone.encryption.alarm], 'nobody did anything wrong').toEqual([true, null]);
		await phone.encryption.lock();
		await phone.encryption.unlock(NEXT);
		expect(phone.encryption.replaced).toBe(false);
		await phone.vault.renewKeys(HOME);
	});

	test('is to be locked once it changes the password itself, and not where another made a recovery code', async () => {
		const { backend, laptop, phone } = await twoOpen();
		await laptop.encryption.renewRecoveryCode(SIGN_IN);
		await expect(phone.encryption.change(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		expect([phone.encryption.replaced, phone.encryption.version]).toEqual([false, 2]);
		const again = backend.device();
		await again.encryption.check();
		await again.encryption.unlock(FIRST);
		await laptop.encryption.change(NEXT, SIGN_IN);
		await expect(again.encryption.change(`${NEXT} 2`, SIGN_IN)).rejects.toMatchObject({
			code: /changed-elsewhere|conflict/
		});
		expect(again.encryption.replaced).toBe(true);
	});

	test('says once it is locked that the password was changed elsewhere, until the new one opens it', async () => {
		const { backend, laptop, phone } = await twoOpen();
		const reloaded = async () => {
			const page = backend.device(phone.store);
			await page.encryption.check();
			return page.encryption;
		};
		await laptop.encryption.renewRecoveryCode(SIGN_IN);
		expect((await reloaded()).changedElsewhere, 'the password is the same').toBe(false);
		await laptop.encryption.change(NEXT, SIGN_IN);
		const { changedElsewhere } = await reloaded();
		expect(changedElsewhere).toBe(true);
		const page = await reloaded();
		await expect(page.unlock(FIRST)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(page.changedElsewhere).toBe(true);
		await page.unlock(NEXT);
		expect([page.changedElsewhere, (await reloaded()).changedElsewhere]).toEqual([false, false]);
	});

	test('says so as well where it finds out only when the password is typed, and of a reset', async () => {
		const { backend, laptop, phone } = await twoOpen();
		const page = backend.device(phone.store).encryption;
		await page.check();
		await laptop.encryption.askReset();
		backend.makeDue();
		await laptop.encryption.finishReset(NEXT, SIGN_IN);
		expect(page.changedElsewhere).toBe(false);
		await expect(page.unlock(FIRST)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(page.changedElsewhere).toBe(true);
	});

	test('says so as well where another tab of this device replaced them, and not where it was locked for another reason', async () => {
		const backend = new KeyBackend();
		const one = backend.device();
		await one.encryption.turnOn(FIRST);
		const reloaded = async () => {
			const tab = backend.device(one.store);
			await tab.encryption.check();
			return tab;
		};
		const other = await reloaded();
		await other.encryption.unlock(FIRST);
		await other.encryption.lock();
		expect((await reloaded()).encryption.changedElsewhere).toBe(false);
		await other.encryption.unlock(FIRST);
		await one.encryption.change(NEXT, SIGN_IN);
		await expect(other.vault.renewKeys(HOME)).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		await other.encryption.lock();
		const { encryption: tab } = await reloaded();
		expect(tab.changedElsewhere).toBe(true);
		await expect(tab.unlock(FIRST)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(tab.changedElsewhere).toBe(true);
		await tab.unlock(NEXT);
		expect([tab.changedElsewhere, (await reloaded()).encryption.changedElsewhere]).toEqual([false, false]);
	});

	test('finds out, where nobody could tell whether its own change came through', async () => {
		const { backend, laptop } = await twoOpen();
		backend.before = ({ method, path, ...sent }) => {
			if (method !== 'PUT' || path !== '/api/keys') return null;
			backend.before = () => null;
			backend.answer({ method, path, ...sent });
			backend.before = () => 'lost';
			return 'lost';
		};
		await expect(laptop.encryption.change(NEXT, SIGN_IN)).rejects.toMatchObject({ code: 'keys/outcome-unknown' });
		backend.before = () => null;
		expect(laptop.encryption.replaced).toBe(false);
		await expect(laptop.encryption.resume()).rejects.toMatchObject({ code: 'keys/changed-elsewhere' });
		expect(laptop.encryption.replaced).toBe(true);
		await laptop.encryption.lock();
		await laptop.encryption.unlock(NEXT);
	});
});

describe('an entity at a change of the password', () => {
	test('comes along where it got a newer roster in between; tried so often and no more', async () => {
		const { backend, laptop, phone } = await twoOpen();
		await phone.vault.renewKeys(HOME);
		const rotation = await keysOf(phone).call('nextRoster', { entity: HOME, domain: 'health', step: 'rotate' });
		let puts = 0;
		backend.before = ({ method, path }) => {
			if (method !== 'PUT' || path !== '/api/keys' || ++puts > 1) return null;
			backend.server.post(rotation);
			return problem(409, 'roster/conflict');
		};
		await laptop.encryption.change(NEXT, SIGN_IN);
		expect([puts, laptop.encryption.domainLayer(HOME, 'health')]).toMatchObject([2, { current: 3 }]);
		backend.before = ({ method, path }) => {
			if (method !== 'PUT' || path !== '/api/keys') return null;
			puts++;
			return problem(409, 'roster/conflict');
		};
		await expect(laptop.encryption.change(FIRST, SIGN_IN)).rejects.toMatchObject({ code: 'roster/conflict' });
		expect(puts).toBe(5);
	});

	test('that was left behind goes on with the identity of now', async () => {
		const { backend, laptop } = await twoOpen();
		const password = passwordBytes(NEXT);
		const { put } = await keysOf(laptop).call('change', { password, entities: [] });
		backend.server.put(ANA, put);
		const { encryption, vault } = backend.device();
		await encryption.check();
		await encryption.unlock(NEXT);
		await vault.renewKeys(HOME);
		expect(encryption.domainLayer(HOME, 'health')).toMatchObject({ current: 2 });
		const plain = { kind: 'symptom', version: 1, values: {}, meta: { at: '2026-01-01T00:00:00Z' } };
		const sealed = await vault.keys?.seal(HOME, 'health', [{ id: uuid(1), rev: '1', plain }]);
		expect(sealed).toMatchObject([{ generation: 2 }]);
	});
});
