import { expect, test } from 'vitest';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import { listPastImports } from '../../../src/lib/import/past-imports.ts';
import { account, imported, movement } from './movements.ts';

const judged = findDuplicates([movement(), movement({ payee: 'Bakery' }), movement({ minor: 500 })], account, []);

test('an import is listed with all its records, the newest import first', () => {
	const older = imported(judged, 'run-1');
	const newer = imported(judged.slice(0, 1), 'run-2');
	for (const { body } of newer) body.meta.at = '2024-03-01T10:00:00.000Z';
	const typed = {
		id: 'typed',
		rev: '1',
		body: { kind: 'expense', version: 1, values: {}, meta: { at: '2024-01-01T00:00:00Z' } }
	};
	expect(listPastImports([...older, typed, ...newer])).toEqual([
		{
			id: 'run-2',
			name: 'january.csv',
			format: 'csv',
			accounts: [account],
			at: '2024-03-01T10:00:00.000Z',
			untouched: ['run-2/0'],
			edited: []
		},
		{
			id: 'run-1',
			name: 'january.csv',
			format: 'csv',
			accounts: [account],
			at: '2024-02-01T10:00:00.000Z',
			untouched: ['run-1/0', 'run-1/1', 'run-1/2'],
			edited: []
		}
	]);
});

test('records that were edited since stand apart, so that undoing keeps them', () => {
	const [first, second, third] = imported(judged, 'run-1');
	if (!first || !second || !third) throw new Error('three records');
	const edited = {
		...second,
		rev: '2',
		body: { ...second.body, meta: { ...second.body.meta, at: '2024-06-01T10:00:00.000Z' } }
	};
	const [past] = listPastImports([first, edited, third]);
	expect(past).toMatchObject({
		untouched: ['run-1/0', 'run-1/2'],
		edited: ['run-1/1'],
		at: '2024-02-01T10:00:00.000Z'
	});
});

test('what was deleted is not counted, and an import without records is gone', () => {
	const records = imported(judged, 'run-1');
	for (const { body } of records) body.meta.deleted = true;
	expect(listPastImports(records)).toEqual([]);
});
