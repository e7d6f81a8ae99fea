import { aChange, freshDevice } from './device.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { userSeal } from '../../../src/lib/sync/user-seal.ts';
import { TestKeys, World } from '../sync/test-keys.ts';

const [entity, other, account] = [randomUUID(), randomUUID(), randomUUID()];
const SAVES = 30;

beforeEach(freshDevice);
afterEach(() => vi.restoreAllMocks());

/** A device with health under the user's own key, and the number of envelopes that it opened since. */
async function countedDevice() {
	const world = new World();
	world.setLayer(entity, 'health', { oldest: 1, current: 1 });
	const keys = (accountKey = 'first') => Object.assign(new TestKeys(world, account), { accountKey });
	const store = await openRecordStore(account);
	store.sealWith(userSeal(keys()));
	const openings = vi.spyOn(crypto.subtle, 'decrypt');
	return { store, keys, openings: () => openings.mock.calls.length };
}

test('what waits is opened once each, however often a save or a pass asks for all of it', async () => {
	const { store, openings } = await countedDevice();
	const saved = Array.from({ length: SAVES }, (_, n) => aChange(entity, `save ${n}`, { domain: 'health' }));
	for (const change of saved) {
		await store.commit({ entity, put: [change] });
		await store.waiting(entity);
	}
	expect(await store.waiting()).toEqual(saved);
	expect(openings(), 'of the device’s seal, and of the user’s').toBe(2 * SAVES);
});

test('what waits for an earlier key is tried once each, and told of once', async () => {
	const { store, keys, openings } = await countedDevice();
	for (let n = 0; n < SAVES; n++) await store.commit({ entity, put: [aChange(entity, `${n}`, { domain: 'health' })] });
	store.sealWith(userSeal(keys('second')));
	for (let n = 0; n < SAVES; n++) expect(await store.waiting(entity)).toEqual([]);
	expect(openings(), 'of the device’s seal').toBe(SAVES);
	expect(await store.reports(entity)).toHaveLength(SAVES);
});

test('what is written anew, sent, or locked is not given as it was', async () => {
	const { store, keys } = await countedDevice();
	const [first, second, third] = ['a', 'b', 'c'].map((words) => aChange(entity, words, { domain: 'health' }));
	const elsewhere = aChange(other, 'd');
	if (!first || !second || !third) throw new Error('no changes');
	await store.commit({ entity, put: [first, second] });
	await store.commit({ entity: other, put: [elsewhere] });
	expect(await store.waiting()).toEqual([first, second, elsewhere]);
	const again = { ...second, tried: true, plain: third.plain };
	await store.commit({ entity, put: [again, third], drop: [first.change] });
	expect(await store.waiting(entity)).toEqual([again, third]);
	expect(await store.waiting()).toEqual([again, elsewhere, third]);
	store.sealWith('locked');
	await expect(store.waiting()).rejects.toMatchObject({ code: 'device/locked' });
	expect(await store.waiting(other)).toEqual([elsewhere]);
	store.sealWith(userSeal(keys()));
	expect(await store.waiting(entity)).toEqual([again, third]);
});
