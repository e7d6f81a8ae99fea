import { expect, test } from 'vitest';
import { bodyAsThen } from '../../../src/lib/vault/earlier-versions.ts';
import type { RecordBody } from '../../../src/lib/kinds/index.ts';
import { row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ME, ToyBackend } from './toy-backend.ts';

const id = uuid(1);
const earlier = (rev: string, more: object = {}) => row(1, { rev, author: ME, plain: expense(`note ${rev}`), ...more });

/** A device that knows the record at revision 4, and what the server says it was before. */
async function withHistory(records: unknown[]) {
	const backend = new ToyBackend();
	backend.plant(row(1, { rev: '4', plain: { ...expense('now'), novelty: 1 } }));
	const here = await backend.device();
	const asked: string[] = [];
	backend.before = ({ path }) => {
		if (!path.endsWith('/history')) return null;
		asked.push(path);
		return { records };
	};
	return { here, backend, asked };
}

test('the earlier versions of a record are those below its revision, newest first and each once', async () => {
	const of = [earlier('1'), earlier('3'), earlier('2'), earlier('3', { plain: expense('again') })];
	const strangers = [earlier('4'), earlier('7'), row(2, { rev: '2' }), earlier('2', { domain: 'health' })];
	const { here, asked } = await withHistory([...strangers, ...of]);
	const versions = await here.bin.earlierVersions(id);
	expect(versions.map(({ rev, body }) => `${rev} ${String(body?.values.note)}`)).toEqual([
		'3 note 3',
		'2 note 2',
		'1 note 1'
	]);
	expect(versions[0]).toMatchObject({ author: ME, at: earlier('3').updatedAt });
	expect(asked).toEqual([`/api/records/${here.entity?.id}/${id}/history`]);
});

test('one that does not open, or is of another kind, is listed as damaged and stops nothing', async () => {
	const other = { ...expense('x'), kind: 'income' };
	const { here } = await withHistory([
		earlier('3', { plain: undefined, damaged: true }),
		earlier('2', { plain: other }),
		earlier('1')
	]);
	const versions = await here.bin.earlierVersions(id);
	expect(versions.map(({ rev, body }) => [rev, body?.values.note ?? null])).toEqual([
		['3', null],
		['2', null],
		['1', 'note 1']
	]);
});

test('without the network it says so, and without an entity it is closed', async () => {
	const { here, backend } = await withHistory([]);
	backend.before = () => 'lost';
	await expect(here.bin.earlierVersions(id)).rejects.toMatchObject({ code: 'sync/unreachable', status: 0 });
	here.belongTo(null);
	await expect(here.bin.earlierVersions(id)).rejects.toMatchObject({ code: 'vault/closed' });
});

test('restoring one is a new revision with the values of then, and nothing else of then', async () => {
	const { here, backend } = await withHistory([earlier('1')]);
	const record = here.record(id);
	const [version] = await here.bin.earlierVersions(id);
	if (!record || !version?.body) throw new Error('no version');
	await here.save(id, record.domain, bodyAsThen(record.body, version.body));
	await here.sync.sync();
	expect(backend.rows.get(id)).toMatchObject({ rev: '5', plain: { values: { note: 'note 1' }, novelty: 1 } });
});

test('what is restored keeps where it came from, leaves the bin, and is decided', () => {
	const source = { import: 'a', format: 'csv' };
	const conflicts = { payee: [{ value: 'x', at: '' }] };
	const now: RecordBody = { ...expense('now', { deleted: true, source, conflicts, later: 1 }), version: 3 };
	const then = expense('then', { source: { import: 'b', format: 'csv' } });
	const body = bodyAsThen(now, { ...then, values: { ...then.values, unknown: 7 } });
	expect(body.values).toEqual({ note: 'then', unknown: 7 });
	expect(body.version).toBe(1);
	expect(body.meta).toEqual({ at: now.meta.at, source, later: 1 });
});
