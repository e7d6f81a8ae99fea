import { aChange, freshDevice } from './device.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { clearRevoked } from '../../../src/lib/device/clear-revoked.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';

beforeEach(freshDevice);

const TEXTS = ['keys/account', 'keys/local', 'keys/device', 'keys/pin', 'draft/a', 'lock/minutes'];

/** An account's texts on this device after its session was revoked. */
async function afterRevoked(waits: boolean) {
	const [account, entity] = [randomUUID(), randomUUID()];
	const store = await openRecordStore(account);
	for (const name of TEXTS) await store.writeText(name, 'kept');
	if (waits) await store.commit({ entity, records: [], put: [aChange(entity, 'cough')] });
	else await store.writeText('draft/a', null);
	store.close();
	const count = await clearRevoked(account);
	const again = await openRecordStore(account);
	const left = await Promise.all(TEXTS.map(async (name) => ((await again.readText(name)) === null ? [] : [name])));
	again.close();
	return { count, left: left.flat() };
}

test('where work waits that reached no server it stays with the wrapped keys, and what opens without the password goes', async () => {
	expect(await afterRevoked(true)).toEqual({ count: 2, left: ['keys/account', 'keys/local', 'draft/a'] });
});

test('where nothing waits all of it goes', async () => {
	expect(await afterRevoked(false)).toEqual({ count: 0, left: [] });
});
