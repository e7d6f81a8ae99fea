import { expect, test } from 'vitest';
import { purgedBody } from '../../../src/lib/api/purged-body.ts';
import type { Plain } from '../../../src/lib/api/record.ts';
import { mergeBodies } from '../../../src/lib/sync/merge-bodies.ts';

const lived: Plain = {
	kind: 'expense',
	version: 1,
	values: { payee: 'Soler' },
	meta: { at: '2026-03-01T09:00:00.000Z' }
};
const at = '2026-03-02T09:00:00.000Z';
const binned: Plain = { ...lived, meta: { at, deleted: true } };
const restored: Plain = { ...lived, meta: { at } };
const edited: Plain = { ...lived, values: { payee: 'Soler i fills' }, meta: { at } };
const editedInBin: Plain = { ...edited, meta: { at, deleted: true } };
const gone = purgedBody(lived, '2026-03-03T09:00:00.000Z');

/** The merge, whichever of the two is mine: no order may decide what is kept. */
function merged(before: Plain | null, one: Plain, other: Plain) {
	const [a, b] = [mergeBodies(before, one, other), mergeBodies(before, other, one)];
	expect(a).toEqual(b);
	return a;
}

test('a record deleted for good stays so where the other device only moved it to the bin, or did nothing', () => {
	expect(merged(lived, gone, binned).body).toEqual(gone);
	expect(merged(binned, gone, binned).body).toEqual(gone);
	expect(merged(lived, gone, lived).body).toEqual(gone);
});

test('of two that deleted it for good theirs stands', () => {
	const later = purgedBody(lived, '2026-03-04T09:00:00.000Z');
	expect(mergeBodies(binned, gone, later).body).toEqual(later);
});

test('what another device changed meanwhile is not lost: it lies in the bin', () => {
	expect(merged(binned, gone, editedInBin)).toEqual({ body: editedInBin, collided: [], editInBin: true });
	expect(merged(lived, gone, edited)).toEqual({ body: editedInBin, collided: [], editInBin: true });
	expect(merged(null, gone, edited).body).toEqual(editedInBin);
});

test('what another device took out of the bin meanwhile stays out of it, edited or not', () => {
	expect(merged(binned, gone, restored)).toEqual({ body: restored, collided: [], editInBin: false });
	expect(merged(binned, gone, edited)).toEqual({ body: edited, collided: [], editInBin: false });
});
