import { expect, test } from 'vitest';
import type { StoredRecord } from '../../../src/lib/device/record-store.ts';
import { SharedTexts } from '../../../src/lib/sync/shared-texts.ts';

const row = (number: number): StoredRecord => ({
	...{ id: `record ${number}`, domain: 'finances', rev: '1', seq: String(number), state: 'live' },
	...{ author: number % 2 ? null : 'an author of many records', updatedAt: '2026-01-01T00:00:00.000Z' },
	plain: {
		...{ kind: 'expense', version: 1 },
		values: { payee: `A shop by the name of ${number % 9}`, amount: { minor: number, currency: 'EUR' }, splits: [] },
		meta: { at: '2026-01-01T00:00:00.000Z', source: { import: 'one import of many', line: number } }
	}
});

test('sharing texts changes nothing of a record, however many different texts there are', () => {
	const texts = new SharedTexts();
	for (let number = 0; number < 9_000; number += 1) {
		const record = row(number);
		if (record.plain) record.plain.values.notes = `A note that only record ${number} has`;
		const before = structuredClone(record);
		texts.share(record);
		expect(record).toEqual(before);
	}
});

test('a record without a readable body, or with members nobody knows, is left as it is', () => {
	const texts = new SharedTexts();
	const damaged: StoredRecord = { ...row(1), plain: undefined, damaged: true };
	const odd = row(2);
	if (odd.plain)
		odd.plain.meta = JSON.parse('{"at":"2026","__proto__":"a text that is long enough"}') as object as { at: string };
	for (const each of [damaged, odd]) {
		const before = JSON.stringify(each);
		texts.share(each);
		expect(JSON.stringify(each)).toBe(before);
	}
});
