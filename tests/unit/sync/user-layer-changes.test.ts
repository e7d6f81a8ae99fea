import { describe, expect, test } from 'vitest';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { body } from './bodies.ts';
import { ENTITY, uuid } from './changes.ts';
import { DOMAIN, Layered } from './layered.ts';
import { ACCOUNT } from './open-replica.ts';
import { problem } from './toy-server.ts';

const id = uuid(1);
const save = (note: string, more: object = {}) => ({ id, domain: DOMAIN, body: body({ note, ...more }) }) as const;
const gone = () => problem(401, 'door/signed-out');

/** Somebody seals every body of the domain under the current generation. */
async function resealAll(stage: Layered): Promise<void> {
	for (const row of [...stage.server.rows.values()]) {
		if (row.domain !== DOMAIN) continue;
		const [opened] = row.sealed
			? await stage.keys().open(ENTITY, DOMAIN, [{ ...row, sealed: row.sealed, generation: row.generation ?? 0 }])
			: [{ ok: true as const, plain: row.plain ?? body({}) }];
		if (opened?.ok) stage.server.reseal(row.id, await stage.seal(row.id, row.rev, opened.plain));
	}
}

describe('while a user layer is switched on', () => {
	test('what waits goes sealed, though it was typed before and the server asks for the new roster', async () => {
		const stage = new Layered(null);
		const { replica } = await stage.device();
		await replica.save([save('secret')]);
		stage.setLayer({ oldest: 0, current: 1 });
		// The server is told in the clear once by a device that knows no better, and does not take it.
		await replica.sync();
		expect(stage.server.pushes.map(([change]) => [change?.change, change?.generation])).toEqual([
			[stage.server.pushes[0]?.[0]?.change, undefined],
			[stage.server.pushes[0]?.[0]?.change, 1]
		]);
		expect([replica.waiting, stage.renewals]).toEqual([[], 1]);
		expect(stage.server.rows.get(id)).toMatchObject({ rev: '1', generation: 1 });
		expect(stage.server.rows.get(id)).not.toHaveProperty('plain');
	});

	test('a device that knows of it sends nothing in the clear any more, also what it had sent before', async () => {
		const stage = new Layered(null);
		const { replica, keys } = await stage.device();
		await replica.save([save('secret')]);
		stage.server.meet = gone;
		await expect(replica.sync()).rejects.toMatchObject({ status: 401 });
		stage.setLayer({ oldest: 0, current: 1 });
		keys.accept();
		stage.server.meet = () => null;
		stage.server.pushes.length = 0;
		await replica.sync();
		expect(stage.server.pushes).toMatchObject([[{ id, generation: 1 }]]);
		expect(JSON.stringify(stage.server.pushes)).not.toContain('secret');
	});

	test('a change that was taken in the clear is known for what the server has, though it went again sealed', async () => {
		const stage = new Layered(null);
		const { replica, keys } = await stage.device();
		await replica.save([save('early')]);
		let lost = true;
		stage.server.meet = () => (lost ? 'lost' : null);
		await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/unreachable' });
		lost = false;
		stage.setLayer({ oldest: 0, current: 1 });
		keys.accept();
		await replica.sync();
		expect(stage.server.rows.get(id)).toMatchObject({ rev: '1', plain: { values: { note: 'early' } } });
		expect(replica.record(id)).toMatchObject({ rev: '1', plain: { values: { note: 'early' } } });
		expect(replica.record(id)).not.toHaveProperty('signer');
		expect([replica.waiting, replica.reports]).toEqual([[], []]);
	});

	test('bodies in the clear are still read; once it is on, all of it is pulled anew, and nothing is alarmed', async () => {
		const stage = new Layered(null);
		stage.server.write({ id, domain: DOMAIN, plain: body({ note: 'old' }) });
		stage.setLayer({ oldest: 0, current: 1 });
		const { replica, keys } = await stage.device();
		await replica.sync();
		expect(replica.record(id)?.plain?.values.note).toBe('old');
		await resealAll(stage);
		stage.setLayer({ oldest: 1, current: 1 });
		keys.accept();
		await replica.sync();
		expect(replica.record(id)).toMatchObject({ rev: '1', generation: 1, signer: ACCOUNT });
		expect(replica.reports).toEqual([]);
	});
});

describe('a rotation', () => {
	test('meets what was sealed before it: sealed anew under the same change, with the roster asked for once', async () => {
		const stage = new Layered();
		const { replica } = await stage.device();
		stage.server.meet = gone;
		await replica.save([save('a')]);
		await expect(replica.sync()).rejects.toMatchObject({ status: 401 });
		stage.server.meet = () => null;
		stage.setLayer({ oldest: 1, current: 2 });
		await replica.save([{ ...save('b'), id: uuid(2) }]);
		stage.server.pushes.length = 0;
		await replica.sync();
		const [first, second] = stage.server.pushes;
		expect(first?.map(({ generation }) => generation)).toEqual([1, 1]);
		expect(second?.map(({ generation }) => generation)).toEqual([2, 2]);
		expect(second?.map(({ change }) => change)).toEqual(first?.map(({ change }) => change));
		expect([replica.waiting, stage.renewals]).toEqual([[], 1]);
	});

	test('whose roster cannot be had leaves changes waiting, never refused, and the pass says why', async () => {
		const stage = new Layered();
		const { replica, keys } = await stage.device();
		stage.setLayer({ oldest: 1, current: 2 });
		const accept = keys.accept.bind(keys);
		keys.accept = () => undefined;
		await replica.save([save('a')]);
		await expect(replica.sync()).rejects.toMatchObject({ code: 'record/stale-generation' });
		expect(replica.waiting).toMatchObject([{ state: 'waiting' }]);
		keys.accept = accept;
		await replica.sync();
		expect(replica.waiting).toEqual([]);
	});

	test('and a server whose roster is older than the one that was seen leave changes waiting; what is new comes all the same', async () => {
		const stage = new Layered({ oldest: 1, current: 2 });
		const keys = stage.keys();
		const older = () => Promise.reject(new CryptoError('crypto/rolled-back'));
		const { replica } = await stage.device({ keys, layers: { keys, renew: older } });
		stage.server.generations.set(DOMAIN, 1);
		await stage.write(uuid(2), body({ note: 'of another device' }));
		await replica.save([save('a')]);
		await expect(replica.sync()).rejects.toMatchObject({ code: 'crypto/rolled-back' });
		expect(replica.waiting).toMatchObject([{ state: 'waiting' }]);
		expect(replica.record(uuid(2))?.plain?.values).toEqual({ note: 'of another device' });
		stage.server.generations.set(DOMAIN, 2);
		await replica.sync();
		expect(replica.waiting).toEqual([]);
	});

	test('seals bodies anew under an edit that waits, and that is no conflict: its base stands', async () => {
		const stage = new Layered();
		await stage.write(id, body({ note: 'o', payee: 'p' }));
		const { replica, keys } = await stage.device();
		await replica.sync();
		stage.setLayer({ oldest: 1, current: 2 });
		keys.accept();
		await resealAll(stage);
		await replica.save([save('mine', { payee: 'p' })]);
		const [waiting] = replica.waiting;
		await replica.pullAll();
		expect(replica.waiting).toEqual([waiting]);
		expect(replica.reports).toEqual([]);
		await stage.write(id, body({ note: 'o', payee: 'theirs' }));
		await replica.sync();
		expect(replica.record(id)).toMatchObject({ plain: { values: { note: 'mine', payee: 'theirs' } }, generation: 2 });
	});

	test('once the old key is retired brings everything anew, once, and keeps what was read', async () => {
		const stage = new Layered();
		for (const number of [1, 2, 3]) await stage.write(uuid(number), body({ note: `note ${number}` }));
		const { replica, keys, shown } = await stage.device();
		await replica.sync();
		stage.setLayer({ oldest: 1, current: 2 });
		await resealAll(stage);
		stage.setLayer({ oldest: 2, current: 2 });
		keys.accept();
		let pulls = 0;
		stage.server.lie = (page) => {
			pulls++;
			return page;
		};
		await replica.sync();
		expect([...shown.values()].map(({ generation }) => generation)).toEqual([2, 2, 2]);
		await replica.sync();
		expect([pulls, replica.reports]).toEqual([3, []]);
	});

	test('that is retired over bodies the server still gives as they were refuses these, asks no more than once, and tells', async () => {
		const stage = new Layered();
		await stage.write(id, body({ note: 'o' }));
		const { replica, keys } = await stage.device();
		await replica.sync();
		stage.setLayer({ oldest: 2, current: 2 });
		keys.accept();
		let pulls = 0;
		stage.server.lie = (page) => {
			pulls++;
			return page;
		};
		await replica.sync();
		await replica.sync();
		expect(pulls).toBe(3);
		expect(replica.record(id)).toMatchObject({ plain: { values: { note: 'o' } }, unread: 'retired' });
		expect(replica.reports).toMatchObject([{ what: 'retired', record: id }]);
		await replica.save([save('o')]);
		await replica.sync();
		expect(replica.record(id)).toMatchObject({ rev: '2', generation: 2 });
		expect(replica.record(id)).not.toHaveProperty('unread');
	});
});

test('a restored server’s rows are opened as any others, and what is newer here goes back sealed', async () => {
	const stage = new Layered();
	await stage.write(id, body({ note: 'old' }));
	const backup = new Map(stage.server.rows);
	const { replica } = await stage.device();
	await stage.write(id, body({ note: 'new' }));
	await replica.sync();
	stage.server.restore(backup, '2026-01-01T00:00:00.000Z');
	await replica.sync();
	expect(replica.waiting).toMatchObject([{ state: 'held', plain: { values: { note: 'new' } } }]);
	await replica.answerRestore(true);
	await replica.sync();
	expect(stage.server.pushes.flat()).toMatchObject([{ id, base: '1', generation: 1 }]);
	expect(replica.record(id)).toMatchObject({ rev: '2', plain: { values: { note: 'new' } } });
});
