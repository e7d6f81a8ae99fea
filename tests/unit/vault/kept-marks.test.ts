import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KeysAnswer } from '../../../src/lib/api/keys.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { KeptKeys } from '../../../src/lib/vault/encryption/kept-keys.ts';
import { freshDevice } from '../device/device.ts';

beforeEach(freshDevice);

/** What two tabs of one device keep. */
async function twoTabs(): Promise<[KeptKeys, KeptKeys]> {
	const account = randomUUID();
	const tab = async () => new KeptKeys({ store: Promise.resolve(await openRecordStore(account)) });
	return [await tab(), await tab()];
}

/** Each in its turn. */
const of = ([one, other]: [KeptKeys, KeptKeys], at: number): KeptKeys => (at % 2 === 0 ? one : other);
const mark = (counter: number) => ({ epoch: 1, counter, hash: `of roster ${counter}` });
const account = (version: number, bundle: number, m = 65_536) => {
	const slots = { password: { salt: '', params: [m, 3, 1] as [number, number, number], token: '', accountKey: '' } };
	const keys: KeysAnswer = {
		version,
		slots,
		identity: { kem: 'k', sign: 's' },
		at: '2026-01-01T00:00:00Z',
		reset: null
	};
	return { keys, bundle: { version: bundle, sealed: '' } };
};

describe('what a device remembers of the newest it saw', () => {
	test('of many entities at once, noted in two tabs, stays of each', async () => {
		const tabs = await twoTabs();
		const entities = Array.from({ length: 12 }, () => randomUUID());
		await Promise.all(entities.map((entity, at) => of(tabs, at).noteMark(entity, mark(at + 1))));
		for (const [at, entity] of entities.entries()) expect(await tabs[0].markOf(entity)).toEqual(mark(at + 1));
	});

	test('of one entity is what is newest, in whatever order tabs come to note it', async () => {
		const tabs = await twoTabs();
		const entity = randomUUID();
		await Promise.all([3, 7, 5, 6, 1].map((counter, at) => of(tabs, at).noteMark(entity, mark(counter))));
		expect(await tabs[1].markOf(entity)).toEqual(mark(7));
		await tabs[0].noteMark(entity, { ...mark(1), epoch: 2 });
		expect(await tabs[1].markOf(entity), 'a chain that began anew').toMatchObject({ epoch: 2 });
	});

	test('of keys, bundle and parameters never falls', async () => {
		const [one, other] = await twoTabs();
		await one.noteOpened(account(2, 9, 131_072), true);
		await other.noteOpened(account(3, 4), true);
		expect(await one.read('keys/seen')).toEqual({ version: 3, bundle: 9, params: [131_072, 3, 1] });
		await Promise.all([one.noteBundle({ version: 12, sealed: '' }), other.noteBundle({ version: 11, sealed: '' })]);
		expect(await one.read('keys/seen')).toMatchObject({ version: 3, bundle: 12 });
		expect(await one.read('keys/account')).toMatchObject({ bundle: { version: 12 } });
	});
});
