import { describe, expect, test } from 'vitest';
import type { PullAnswer, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { body } from './bodies.ts';
import { DOMAIN, Layered } from './layered.ts';
import { ACCOUNT } from './open-replica.ts';
import { attacks, first, id, other, REMOVED, second } from './sealed-attacks.ts';
import type { Attack, Client } from './sealed-attacks.ts';

/** A device that has a record at its second revision, and a server that lies about it from then on. */
async function play({ lie, layer }: Attack, { judge, refuse, checks }: Client = {}) {
	const stage = new Layered({ oldest: 1, current: 1 });
	await stage.write(id, first);
	stage.setLayer({ oldest: 1, current: 2 });
	await stage.write(id, second);
	const keys = stage.keys();
	if (checks) keys.checks = checks;
	const known = await stage.device({ keys, judge, refuse });
	await known.replica.sync();
	expect(known.shown.get(id)?.plain).toEqual(second);
	if (layer) stage.setLayer(layer);
	keys.accept();
	stage.server.rows.set(id, await lie(stage.server.rows.get(id) as RecordRow, stage));
	await known.replica.sync();
	return { ...known, stage };
}

describe.each(attacks)('$name', (attack) => {
	const { what, without, believed } = attack;

	test('is reported once and not believed, also after the app starts again', async () => {
		const { replica, shown, store, stage } = await play(attack);
		const reports = attack.believed === second ? [] : [{ what, record: id }];
		expect(shown.get(id)?.plain).toEqual(second);
		expect(replica.reports).toMatchObject(reports);
		await replica.pullAll();
		expect(replica.reports.length).toBe(reports.length);
		const again = await stage.device({ store });
		await again.replica.pullAll();
		expect(again.shown.get(id)?.plain).toEqual(second);
		expect(again.replica.reports.length).toBe(reports.length);
	});

	if (without)
		test('would be believed without that check', async () => {
			const { replica, shown } = await play(attack, without);
			expect(shown.get(id)?.plain).toEqual(believed);
			expect(replica.reports).toEqual([]);
		});

	test('is nothing that anybody ever sends further: the next save of it leaves sealed, from what this device had', async () => {
		const { replica, stage } = await play(attack);
		await replica.save([{ id, domain: DOMAIN, body: body({ note: 'third' }) }]);
		await replica.sync();
		expect(replica.record(id)?.plain?.values.note).toBe('third');
		const sent = stage.server.pushes.flat();
		expect(sent.length).toBeGreaterThan(0);
		expect(sent.every(({ domain, sealed, plain }) => domain === DOMAIN && sealed && !plain)).toBe(true);
	});
});

test('a change that meets a forged revision is kept, and the next save of it goes on top of that, sealed', async () => {
	const removedOnes = attacks.find(({ layer }) => layer?.oldest === 1) as Attack;
	const { replica, stage } = await play({ ...removedOnes, lie: (row) => row });
	await replica.save([{ id, domain: DOMAIN, body: body({ note: 'mine' }) }]);
	const row = stage.server.rows.get(id) as RecordRow;
	stage.server.rows.set(id, await removedOnes.lie(row, stage));
	await replica.sync();
	expect(replica.waiting).toMatchObject([{ state: 'refused', refusal: { reason: 'damaged', detail: 'retired' } }]);
	await replica.save([{ id, domain: DOMAIN, body: body({ note: 'mine, again' }) }]);
	await replica.sync();
	expect([replica.waiting, stage.server.rows.get(id)]).toMatchObject([[], { rev: '4', generation: 2 }]);
	expect(replica.record(id)?.plain?.values).toEqual({ note: 'mine, again' });
});

describe('what a device meets for the first time', () => {
	test.each(attacks.filter(({ what }) => ['plain-refused', 'author', 'retired', 'cannot-open'].includes(what)))(
		'$name is shown as what it is, with nothing in it',
		async (attack) => {
			const { stage } = await play(attack);
			if (attack.layer?.oldest === 1) return;
			const { shown, replica } = await stage.device();
			await replica.sync();
			expect(shown.get(id)).toMatchObject({ unread: attack.what });
			expect(shown.get(id)?.plain).toBeUndefined();
		}
	);

	test('a record withheld is noticed by a device that had it, and by no other', async () => {
		const stage = new Layered();
		await stage.write(id, first);
		await stage.write(other, first);
		const { replica } = await stage.device();
		await replica.sync();
		stage.server.lie = (page: PullAnswer) => ({ ...page, records: page.records.filter((row) => row.id !== id) });
		await replica.pullAll();
		expect(replica.reports).toMatchObject([{ what: 'missing', record: id }]);
		const fresh = await stage.device();
		await fresh.replica.pullAll();
		expect(fresh.replica.reports).toEqual([]);
	});

	test('columns that lie change nothing of what a record says, nor who signed it', async () => {
		const stage = new Layered();
		await stage.write(id, first);
		const row = stage.server.rows.get(id) as RecordRow;
		stage.server.rows.set(id, { ...row, author: REMOVED, updatedAt: '1999-01-01T00:00:00Z', state: 'bin' });
		const { shown, replica } = await stage.device();
		await replica.sync();
		expect(shown.get(id)).toMatchObject({ plain: first, signer: ACCOUNT });
	});
});
