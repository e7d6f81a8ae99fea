import { expect, test } from 'vitest';
import type { PullRequest, PushRequest, Result } from '../../../src/lib/api/record.ts';
import { cutBatches, jsonBytes } from '../../../src/lib/sync/cut-batches.ts';
import { pullRecords } from '../../../src/lib/sync/pull.ts';
import { pushChanges } from '../../../src/lib/sync/push.ts';
import { ENTITY, EPOCH, newChange, row, uuid } from './changes.ts';
import { fakeServer } from './fake-server.ts';
import type { Sent } from './fake-server.ts';

const many = (count: number, note = '') => Array.from({ length: count }, (_, place) => newChange(place + 1, note));
const changesOf = (sent: Sent) => (JSON.parse(sent.text) as PushRequest).changes;
const accept = (sent: Sent) => ({
	results: changesOf(sent).map(({ id }): Result => ({ id, status: 'accepted', rev: '1', seq: '1' }))
});

test('batches hold at most 500 changes, in order, each change once', () => {
	const changes = many(1201);
	const batches = cutBatches(changes);
	expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201]);
	expect(batches.flat()).toEqual(changes);
	expect(cutBatches([])).toEqual([]);
});

test('a batch stays within 8 MiB of UTF-8, whatever the letters', () => {
	// 100,000 letters of two bytes each: 41 of them fit, with 500 far too many.
	const batches = cutBatches(many(100, 'ñ'.repeat(100_000)));
	for (const batch of batches)
		expect(jsonBytes({ entity: ENTITY, changes: batch })).toBeLessThanOrEqual(8 * 1024 * 1024);
	expect(batches[0]?.length).toBe(41);
});

test('a change above the limit stands alone', () => {
	const batches = cutBatches([newChange(1), newChange(2, 'x'.repeat(9 * 1024 * 1024)), newChange(3)]);
	expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1]);
});

test('when the answer to a push is lost, the same bytes with the same change ids are sent again', async () => {
	const { client, sent } = fakeServer((request, number) => (number < 2 ? 'lost' : accept(request)));
	const results: Result[] = [];
	await pushChanges(client, ENTITY, many(3), { onBatch: (_, answered) => results.push(...answered) });
	expect(sent.length).toBe(3);
	expect(sent[1]?.text).toBe(sent[0]?.text);
	expect(sent[2]?.text).toBe(sent[0]?.text);
	expect(results.map((result) => result.status)).toEqual(['accepted', 'accepted', 'accepted']);
});

test('what was answered before a push failed is reported, and no later batch is sent', async () => {
	const { client, sent } = fakeServer((request, number) => (number === 0 ? accept(request) : 'lost'));
	let answered = 0;
	const push = pushChanges(client, ENTITY, many(1200), { onBatch: (batch) => (answered += batch.length) });
	await expect(push).rejects.toMatchObject({ code: 'sync/unreachable' });
	expect(answered).toBe(500);
	expect(new Set(sent.map((request) => changesOf(request)[0]?.id))).toEqual(new Set([uuid(1), uuid(501)]));
});

test('results that belong to other changes are not believed', async () => {
	const { client } = fakeServer((request) => ({ results: accept(request).results.reverse() }));
	await expect(pushChanges(client, ENTITY, many(2))).rejects.toMatchObject({ code: 'sync/bad-answer' });
});

/** A server with `count` records of finances, in pages of `size`. */
function records(count: number, size: number) {
	return (sent: Sent) => {
		const after = Number((JSON.parse(sent.text) as PullRequest).after.finances);
		const rows = Array.from({ length: Math.min(size, count - after) }, (_, place) => row(after + place + 1));
		const last = String(after + rows.length);
		return {
			records: rows,
			after: { finances: last },
			more: after + rows.length < count,
			epoch: EPOCH,
			restoredFrom: null
		};
	};
}

test('a pull goes on page by page from the cursor until there is no more', async () => {
	const { client, sent } = fakeServer(records(2500, 1000));
	const ids: string[] = [];
	const { cursor } = await pullRecords(client, ENTITY, { finances: '0' }, null, {
		onPage: (page) => ids.push(...page.records.map((record) => record.id))
	});
	expect(ids.length).toBe(2500);
	expect(new Set(ids).size).toBe(2500);
	expect(cursor).toEqual({ finances: '2500' });
	expect(sent.length).toBe(3);
});

test('a pull that broke off goes on from the last page it had', async () => {
	const play = records(2500, 1000);
	let broken = true;
	const { client, sent } = fakeServer((request, number) => (broken && number >= 2 ? 'lost' : play(request)));
	let cursor: { finances?: string } = { finances: '0' };
	const ids: string[] = [];
	const options = {
		onPage: (page: { records: { id: string }[]; after: { finances?: string } }) => {
			ids.push(...page.records.map((record) => record.id));
			cursor = page.after;
		}
	};
	await expect(pullRecords(client, ENTITY, cursor, null, options)).rejects.toMatchObject({ code: 'sync/unreachable' });
	expect(cursor).toEqual({ finances: '2000' });
	broken = false;
	const before = sent.length;
	await pullRecords(client, ENTITY, cursor, EPOCH, options);
	expect(sent.length - before).toBe(1);
	expect(new Set(ids).size).toBe(2500);
	expect(ids.length).toBe(2500);
});

test('another epoch stops the pull before its page is taken in', async () => {
	const { client } = fakeServer(records(10, 1000));
	let pages = 0;
	const answer = await pullRecords(client, ENTITY, { finances: '0' }, uuid(7), { onPage: () => (pages += 1) });
	expect(answer).toMatchObject({ restored: true, epoch: EPOCH });
	expect(pages).toBe(0);
});

test('a server that promises more for ever is not followed', async () => {
	const page = { records: [], after: { finances: '5' }, more: true, epoch: EPOCH, restoredFrom: null };
	const { client, sent } = fakeServer(() => page);
	const pull = pullRecords(client, ENTITY, { finances: '5' }, null, { onPage: () => undefined });
	await expect(pull).rejects.toMatchObject({ code: 'sync/bad-answer' });
	expect(sent.length).toBe(1);
});
