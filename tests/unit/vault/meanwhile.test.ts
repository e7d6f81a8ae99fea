import { expect, test } from 'vitest';
import { problem } from '../sync/fake-server.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, plainRow } from './key-backend.ts';

test('a page is asked for while the one before is on its way, and none is sent after one that was refused', async () => {
	const backend = new KeyBackend();
	backend.rows = Array.from({ length: 230 }, (_, n) => plainRow(n + 1));
	const { encryption } = backend.device();
	await encryption.turnOn(PASSWORD);
	backend.before = ({ path }) => (path === '/api/records/reseal' ? problem(403, 'gone') : null);
	await expect(encryption.resume()).rejects.toMatchObject({ status: 403 });
	const asked = backend.sent.flatMap(({ path }) => (path.startsWith('/api/records/') ? [path.slice(13)] : []));
	expect(asked).toEqual(['stale', 'reseal', 'stale']);
});

test('a key worker is started while the server is asked for the keys, and ended where it does not answer', async () => {
	const backend = new KeyBackend();
	await backend.device().encryption.turnOn(PASSWORD);
	const { encryption, ports } = backend.device();
	await encryption.check();
	let started = 0;
	backend.before = ({ path }) => {
		if (!path.startsWith('/api/keys')) return null;
		started = ports.length;
		return 'lost';
	};
	await expect(encryption.unlock(PASSWORD)).rejects.toThrow();
	expect(ports.map(({ terminated }) => terminated)).toEqual([true]);
	expect(started).toBe(1);
	backend.before = () => null;
	await encryption.unlock(PASSWORD);
	expect(ports.map(({ terminated }) => terminated)).toEqual([true, false]);
});
