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
