import { beforeEach, expect, test } from 'vitest';
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
