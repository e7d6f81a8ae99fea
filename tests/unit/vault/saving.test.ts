import { beforeEach, expect, test } from 'vitest';
import { openEntity } from '../../../src/lib/vault/open-entity.ts';
import { removeRecords, restoreRecords } from '../../../src/lib/vault/remove-records.ts';
import { saveRecord } from '../../../src/lib/vault/save-record.ts';
import { saveRecords } from '../../../src/lib/vault/save-records.ts';
import { sendUnsent } from '../../../src/lib/vault/send-unsent.ts';
import type { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let here: VaultState;
const isPush = (sent: { path: string }) => sent.path.endsWith('/push');

beforeEach(async () => {
	backend = new ToyBackend();
	here = backend.device();
	await openEntity(here, ENTITY);
});

const create = (note: string) => saveRecord(here, { id: null, domain: 'finances', body: expense(note) });
const notes = () => here.records.list('expense').map((record) => record.body.values.note);

test('a saved record is shown at once and is there for another device', async () => {
	const outcome = await create('bread');
	expect(outcome).toMatchObject({ status: 'saved', record: { rev: '1', state: 'live' } });
	expect(notes()).toEqual(['bread']);
	const there = backend.device();
	await openEntity(there, ENTITY);
	expect(there.records.get(outcome.id)?.body.values.note).toBe('bread');
});

test('an edit is a new revision, and members nobody here knows survive it', async () => {
	backend.plant(row(1, { plain: { ...expense('old'), novelty: { a: 1 } } }));
	await openEntity(here, ENTITY);
	const record = here.records.get(uuid(1));
	const body = { ...expense('new'), ...{ novelty: record?.body.novelty } };
	await saveRecord(here, { id: uuid(1), domain: 'finances', body });
	expect(backend.rows.get(uuid(1))).toMatchObject({ rev: '2', plain: { values: { note: 'new' }, novelty: { a: 1 } } });
});

test('an edit of what another device changed first is a conflict that keeps both, and may then be kept', async () => {
	const { id } = await create('first');
	const there = backend.device();
	await openEntity(there, ENTITY);
	await saveRecord(there, { id, domain: 'finances', body: expense('theirs') });
	const outcome = await saveRecord(here, { id, domain: 'finances', body: expense('mine') });
	expect(outcome).toMatchObject({
		status: 'conflict',
		mine: { values: { note: 'mine' } },
		theirs: { rev: '2', body: { values: { note: 'theirs' } } }
	});
	expect(notes()).toEqual(['theirs']);
	const base = outcome.status === 'conflict' ? outcome.theirs.rev : '';
	expect(await saveRecord(here, { id, domain: 'finances', body: expense('mine'), base })).toMatchObject({
		status: 'saved'
	});
	expect(backend.rows.get(id)?.plain?.values.note).toBe('mine');
});

test('a draft that began from an older revision conflicts even where the newer one has been pulled meanwhile', async () => {
	const { id } = await create('first');
	const there = backend.device();
	await openEntity(there, ENTITY);
	await saveRecord(there, { id, domain: 'finances', body: expense('theirs') });
	await openEntity(here, ENTITY);
	const outcome = await saveRecord(here, { id, domain: 'finances', body: expense('mine'), base: '1' });
	expect(outcome.status).toBe('conflict');
});

test('a new record whose answer was lost is unsent, counted, and not made twice when it is saved again', async () => {
	backend.after = (sent) => (isPush(sent) ? 'lost' : null);
	expect(await create('bread')).toMatchObject({ status: 'unsent', code: 'sync/unreachable' });
	expect([here.unsent.count, backend.rows.size]).toEqual([1, 1]);
	backend.after = () => null;
	expect(await create('bread')).toMatchObject({ status: 'saved' });
	expect([here.unsent.count, backend.rows.size]).toEqual([0, 1]);
	expect(notes()).toEqual(['bread']);
});

test('a draft that was changed after its answer was lost goes on top of its own earlier try', async () => {
	const { id } = await create('first');
	backend.after = (sent) => (isPush(sent) ? 'lost' : null);
	await saveRecord(here, { id, domain: 'finances', body: expense('second') });
	await saveRecord(here, { id, domain: 'finances', body: expense('third') });
	backend.after = () => null;
	const outcome = await saveRecord(here, { id, domain: 'finances', body: expense('fourth') });
	expect(outcome).toMatchObject({ status: 'saved', record: { rev: '3' } });
	expect(backend.rows.get(id)?.plain?.values.note).toBe('fourth');
	expect(here.unsent.count).toBe(0);
});

test('unsent changes go out again as they were', async () => {
	backend.before = (sent) => (isPush(sent) ? 'lost' : null);
	await saveRecords(
		here,
		['a', 'b', 'c'].map((note) => ({ id: null, domain: 'finances', body: expense(note) }))
	);
	const waiting = [...here.unsent.changes.values()].map((unsent) => unsent.change);
	backend.before = () => null;
	const outcomes = await sendUnsent(here);
	expect(outcomes.map((outcome) => outcome.status)).toEqual(['saved', 'saved', 'saved']);
	expect(waiting.map((change) => backend.rows.get(change.id)?.plain)).toEqual(waiting.map((change) => change.plain));
	expect(here.unsent.count).toBe(0);
});

test('a draft whose earlier try was sent again behind its back goes on top of it', async () => {
	const { id } = await create('first');
	backend.before = (sent) => (isPush(sent) ? 'lost' : null);
	await saveRecord(here, { id, domain: 'finances', body: expense('second'), base: '1' });
	backend.before = () => null;
	await sendUnsent(here);
	const outcome = await saveRecord(here, { id, domain: 'finances', body: expense('third'), base: '1' });
	expect(outcome).toMatchObject({ status: 'saved', record: { rev: '3' } });
});

test('a push that is refused as a whole is a refusal of each change, not lost work', async () => {
	backend.before = (sent) => (isPush(sent) ? problem(403, 'access/denied') : null);
	expect(await create('bread')).toMatchObject({ status: 'refused', reason: 'denied' });
	expect(here.unsent.count).toBe(0);
});

test('thousands are saved in batches with progress, and can be stopped between them', async () => {
	const requests = Array.from({ length: 1200 }, (_, place) => ({
		...{ id: null, domain: 'finances' as const, body: expense(String(place)) }
	}));
	const stop = new AbortController();
	const seen: number[] = [];
	const onProgress = (done: number, total: number) => {
		seen.push(done, total);
		if (done >= 1000) stop.abort();
	};
	const outcomes = await saveRecords(here, requests, { onProgress, signal: stop.signal });
	expect(seen).toEqual([500, 1200, 1000, 1200]);
	expect(outcomes.filter((outcome) => outcome.status === 'saved').length).toBe(1000);
	expect(outcomes.at(-1)).toMatchObject({ status: 'unsent', code: 'sync/stopped' });
	expect([backend.rows.size, here.unsent.count, here.records.size]).toEqual([1000, 0, 1000]);
});

test('deleting is a body marked deleted at the next revision, and can be undone', async () => {
	const { id } = await create('bread');
	expect(await removeRecords(here, [id, id + 'x'])).toMatchObject([{ status: 'saved' }]);
	expect(notes()).toEqual([]);
	expect(here.records.get(id)?.state).toBe('bin');
	expect(backend.rows.get(id)).toMatchObject({
		rev: '2',
		state: 'bin',
		plain: { values: { note: 'bread' }, meta: { deleted: true } }
	});
	await restoreRecords(here, [id]);
	expect(notes()).toEqual(['bread']);
	expect(backend.rows.get(id)?.plain?.meta).not.toHaveProperty('deleted');
});

test('a damaged record is not saved over', async () => {
	backend.plant(row(1, { plain: undefined, damaged: true }));
	await openEntity(here, ENTITY);
	const outcome = await saveRecord(here, { id: uuid(1), domain: 'finances', body: expense('over') });
	expect(outcome).toMatchObject({ status: 'refused', reason: 'withheld' });
	expect(backend.rows.get(uuid(1))?.rev).toBe('1');
});
