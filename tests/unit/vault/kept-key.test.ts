import { beforeEach, expect, test } from 'vitest';
import { ANA } from '../keys/unlocked.ts';
import { freshDevice } from '../device/device.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, SIGN_IN } from './key-backend.ts';

beforeEach(freshDevice);

test('a device that keeps the key opens by itself, unless it was locked; after a change elsewhere it asks once', async () => {
	const backend = new KeyBackend();
	const { encryption, store } = backend.device();
	await encryption.turnOn(PASSWORD);
	await encryption.keepHere(true);
	const opened = async () => {
		const { encryption: again } = backend.device(store);
		await again.check();
		return again;
	};
	expect((await opened()).state).toBe('open');
	await encryption.lock();
	const asking = await opened();
	expect([asking.state, asking.keptHere]).toEqual(['locked', true]);
	await asking.unlock(PASSWORD);
	expect((await opened()).state).toBe('open');
	const elsewhere = backend.device();
	await elsewhere.encryption.check();
	await elsewhere.encryption.unlock(PASSWORD);
	await elsewhere.encryption.change('Copper-window 19 thistle marble', SIGN_IN);
	const changed = await opened();
	expect(changed.state).toBe('locked');
	await changed.unlock('Copper-window 19 thistle marble');
	expect((await opened()).state).toBe('open');
	await changed.keepHere(false);
	expect((await opened()).state).toBe('locked');
});

test('a tab that was open before another one chose to keep the key here locks it too', async () => {
	const backend = new KeyBackend();
	const { encryption, store } = backend.device();
	await encryption.turnOn(PASSWORD);
	const other = backend.device(store);
	await other.encryption.check();
	await other.encryption.unlock(PASSWORD);
	await other.encryption.keepHere(true);
	expect(encryption.keptHere).toBe(false);
	await encryption.lock();
	const again = backend.device(store);
	await again.encryption.check();
	expect(again.encryption.state).toBe('locked');
});

test('a lie about the password, told to a device that opens by itself, does not outlast the liar', async () => {
	const backend = new KeyBackend();
	const { encryption, store } = backend.device();
	await encryption.turnOn(PASSWORD);
	await encryption.keepHere(true);
	const honest = structuredClone(backend.server.keys.get(ANA));
	const lie = structuredClone(honest);
	if (!honest || !lie) throw new Error('no keys');
	lie.version = 9999;
	Object.assign(lie.slots.password, { params: [1_048_576, 16, 16], token: lie.slots.password.salt.padEnd(43, 'A') });
	backend.server.keys.set(ANA, lie);
	const deceived = backend.device(store);
	await deceived.encryption.check();
	expect(deceived.encryption.state).toBe('open');
	await deceived.encryption.lock();
	backend.server.keys.set(ANA, honest);
	const again = backend.device(store);
	await again.encryption.check();
	await again.encryption.unlock(PASSWORD);
	expect(again.encryption.state).toBe('open');
});
