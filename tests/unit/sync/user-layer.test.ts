import { describe, expect, test } from 'vitest';
import { readKeyNumber } from '../../../src/lib/crypto/envelope.ts';
import { fromBase64url } from '../../../src/lib/crypto/base64url.ts';
import { pushWaiting } from '../../../src/lib/sync/push-waiting.ts';
import { sealedClient } from '../../../src/lib/sync/sealed-client.ts';
import { body } from './bodies.ts';
import { ENTITY, uuid } from './changes.ts';
import { DOMAIN, Layered } from './layered.ts';
import { ACCOUNT } from './open-replica.ts';
import { problem } from './toy-server.ts';

const id = uuid(1);
const save = (note: string, more: object = {}) => ({ id, domain: DOMAIN, body: body({ note, ...more }) }) as const;
const generationOf = (sealed = '') => readKeyNumber('U', fromBase64url(sealed));

describe('a domain with a user layer', () => {
	test('leaves sealed under its key, never in the clear, and is read by another device with its facts', async () => {
		const stage = new Layered({ oldest: 1, current: 2 });
		const { replica } = await stage.device();
		await replica.save([save('secret'), { id: uuid(2), domain: 'finances', body: body({ note: 'plain' }) }]);
		await replica.sync();
		expect(stage.server.pushes).toMatchObject([[{ id, generation: 2, state: 'live' }, { id: uuid(2) }]]);
		expect(JSON.stringify(stage.server.pushes)).not.toContain('secret');
		expect(generationOf(stage.server.rows.get(id)?.sealed)).toBe(2);
		expect(replica.record(id)).toMatchObject({ plain: { values: { note: 'secret' } }, generation: 2, signer: ACCOUNT });
		const other = await stage.device();
		await other.replica.sync();
		expect(other.shown.get(id)).toMatchObject({
			plain: { values: { note: 'secret' } },
			generation: 2,
			signer: ACCOUNT
		});
		expect(other.shown.get(id)).not.toHaveProperty('sealed');
		expect(other.shown.get(uuid(2))).not.toHaveProperty('signer');
	});

	test('is sealed once: what gets no answer goes again with the same bytes, also after the app starts again', async () => {
		const stage = new Layered();
		const { replica, store, keys } = await stage.device();
		stage.server.meet = () => problem(401, 'door/signed-out');
		await replica.save([save('a')]);
		await expect(replica.sync()).rejects.toMatchObject({ status: 401 });
		stage.server.meet = () => null;
		const again = await stage.device({ store });
		await again.replica.sync();
		const [first, ...more] = stage.server.pushes;
		expect(more.length).toBeGreaterThan(0);
		for (const one of more) expect(one).toEqual(first);
		expect([keys.sealed, again.keys.sealed, again.replica.waiting]).toEqual([1, 0, []]);
	});

	test('seals what was saved last, where a save came in while the one before was being sealed', async () => {
		const stage = new Layered();
		const { replica, keys } = await stage.device();
		await replica.save([save('a')]);
		const seal = keys.seal.bind(keys);
		keys.seal = async (...given) => {
			const made = await seal(...given);
			if (keys.sealed === 1) await replica.save([save('b')]);
			return made;
		};
		await replica.sync();
		expect(stage.server.pushes.flat()).toHaveLength(1);
		expect([replica.waiting, replica.record(id)?.rev, replica.record(id)?.plain?.values.note]).toEqual([[], '1', 'b']);
	});

	test('tells the bin and what is deleted for good in the row, since the server does not see it', async () => {
		const stage = new Layered();
		const { replica } = await stage.device();
		await replica.save([{ id, domain: DOMAIN, body: body({ note: 'a' }, { deleted: true }) }]);
		await replica.sync();
		expect(stage.server.rows.get(id)).toMatchObject({ state: 'bin' });
		await replica.save([{ id, domain: DOMAIN, body: body({}, { deleted: true, purged: true }) }]);
		await replica.sync();
		expect(stage.server.rows.get(id)).toMatchObject({ state: 'purged' });
		expect(replica.reports).toEqual([]);
	});

	test('keeps what cannot be sealed as refused, and the rest goes', async () => {
		const stage = new Layered();
		let now = new Date(8.64e15);
		const { replica } = await stage.device({ now: () => now });
		await replica.save([save('in a year that no record may have')]);
		now = new Date();
		await replica.save([{ ...save('b'), id: uuid(2) }]);
		await replica.sync();
		expect(replica.waiting).toMatchObject([{ id, state: 'refused', refusal: { reason: 'invalid' } }]);
		expect(stage.server.rows.size).toBe(1);
	});

	test('merges with another device’s change as any other does', async () => {
		const stage = new Layered();
		await stage.write(id, body({ note: 'o' }));
		const { replica } = await stage.device();
		await replica.sync();
		await replica.save([save('o', { amount: 2 })]);
		await stage.write(id, body({ note: 'theirs' }));
		await replica.sync();
		expect(replica.record(id)).toMatchObject({ rev: '3', plain: { values: { note: 'theirs', amount: 2 } } });
		expect([replica.waiting, replica.reports]).toEqual([[], []]);
	});

	test('is pushed for an entity that is not open', async () => {
		const stage = new Layered();
		const { replica, store, keys } = await stage.device();
		await replica.save([save('a')]);
		replica.close();
		const layers = { keys, renew: () => Promise.resolve() };
		await pushWaiting({ store, client: stage.server.client, account: ACCOUNT, layers }, ENTITY);
		expect(stage.server.rows.get(id)).toMatchObject({ generation: 1 });
		expect(await store.waiting()).toEqual([]);
	});
});

describe('without the key', () => {
	test('what waits in that domain waits on, the rest goes, and the pass says why', async () => {
		const stage = new Layered();
		const { replica, keys } = await stage.device();
		keys.holds = () => false;
		stage.server.write({ id: uuid(3), plain: body({ note: 'theirs' }) });
		await replica.save([save('a'), { id: uuid(2), domain: 'finances', body: body({ note: 'plain' }) }]);
		await expect(replica.sync()).rejects.toMatchObject({ code: 'crypto/no-key' });
		expect(replica.waiting).toMatchObject([{ id, state: 'waiting', tried: false }]);
		expect(replica.record(uuid(3)), 'what is new came all the same').toBeDefined();
		keys.holds = () => true;
		await replica.sync();
		expect(replica.waiting).toEqual([]);
	});

	test('a row says so and keeps what was known; once the key is there it is pulled anew', async () => {
		const stage = new Layered({ oldest: 1, current: 2 });
		await stage.write(id, body({ note: 'o' }));
		const { replica, keys, store } = await stage.device();
		await replica.sync();
		keys.holds = (generation) => generation < 2;
		await stage.write(id, body({ note: 'new' }));
		await stage.write(uuid(2), body({ note: 'other' }));
		await replica.sync();
		expect(replica.record(id)).toMatchObject({
			unread: 'no-key',
			damagedThere: true,
			plain: { values: { note: 'o' } }
		});
		expect(replica.record(uuid(2))).toMatchObject({ unread: 'no-key' });
		expect(replica.reports).toEqual([]);
		const again = await stage.device({ store });
		await again.replica.sync();
		expect(again.replica.record(id)).toMatchObject({ plain: { values: { note: 'new' } }, rev: '2' });
		expect(again.replica.record(uuid(2))?.plain?.values.note).toBe('other');
	});

	test('health of one’s own entity waits for its layer rather than leave in the clear', async () => {
		const stage = new Layered(null);
		const { replica } = await stage.device({ sealedOnly: () => [DOMAIN] });
		await replica.save([save('secret')]);
		await replica.sync();
		expect([stage.server.pushes, replica.waiting.length]).toEqual([[], 1]);
		const careless = await stage.device();
		await careless.replica.save([save('secret')]);
		await careless.replica.sync();
		expect(JSON.stringify(stage.server.pushes), 'as it would without that rule').toContain('secret');
	});

	test('a page that knows of no user layer sends what it has once, and no more once it hears of one', async () => {
		const stage = new Layered();
		const unaware = { keys: null, renew: () => Promise.resolve(void stage.renewals++) };
		const { replica } = await stage.device({ layers: unaware });
		await replica.save([save('typed')]);
		await stage.write(uuid(2), body({ note: 'theirs' }));
		await expect(replica.sync()).rejects.toMatchObject({ code: 'record/stale-generation' });
		expect([stage.server.pushes.length, replica.waiting.length]).toEqual([1, 1]);
		expect(replica.record(uuid(2))).toMatchObject({ unread: 'no-key' });
	});

	test('nothing leaves in the clear though the layer came over it at the last moment', async () => {
		const stage = new Layered();
		const client = sealedClient(stage.server.client, { keys: stage.keys(), renew: () => Promise.resolve() });
		const change = { change: uuid(9), id, domain: DOMAIN, base: '0', plain: body({ note: 'secret' }) } as const;
		const pushing = client.call('pushRecords', { body: { entity: ENTITY, changes: [change] } });
		await expect(pushing).rejects.toMatchObject({ code: 'sync/plain-refused' });
		expect(stage.server.pushes).toEqual([]);
		await client.call('pushRecords', { body: { entity: ENTITY, changes: [{ ...change, domain: 'finances' }] } });
		expect(stage.server.pushes).toHaveLength(1);
	});

	test('locked in the middle of a pass nothing is written down and nothing leaves in the clear', async () => {
		const stage = new Layered();
		await stage.write(id, body({ note: 'o' }));
		const { replica, keys, store } = await stage.device();
		stage.server.lie = (page) => {
			keys.locked = true;
			return page;
		};
		await expect(replica.sync()).rejects.toMatchObject({ code: 'keys/locked' });
		await replica.save([save('secret')]);
		await expect(replica.sync()).rejects.toMatchObject({ code: 'keys/locked' });
		expect([replica.record(id)?.rev, await store.place(ENTITY), stage.server.pushes]).toEqual(['0', null, []]);
	});
});
