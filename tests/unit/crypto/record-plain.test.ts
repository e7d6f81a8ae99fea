import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_DEPTH } from '../../../src/lib/crypto/json-depth.ts';
import { padText, unpadText } from '../../../src/lib/crypto/padded-text.ts';
import { isRecordPlain, readRecord, readSystemPlain, recordJson } from '../../../src/lib/crypto/record-plain.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

const record = { kind: 'note', version: 1, values: { text: 'short' }, meta: { at: '2026-03-01T09:30:00.000Z' } };

const anyRecord = fc.record({
	kind: fc.string({ minLength: 1 }),
	version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
	values: fc.dictionary(fc.string(), fc.jsonValue()),
	meta: fc.record({ at: fc.constant('2026-03-01T09:30:00Z'), later: fc.jsonValue() }),
	unknown: fc.jsonValue()
});

describe('the plain of a record', () => {
	test('is read back with every member, those unknown here too, and its text to the character', () => {
		const property = fc.property(anyRecord, (given) => {
			const json = JSON.stringify(given);
			const plain = padText(json);
			expect(unpadText(plain)).toBe(json);
			expect(readSystemPlain(plain)).toEqual(JSON.parse(json));
		});
		fc.assert(property, runs);
	});

	const times = {
		'2026-03-01T09:30:00Z': true,
		'2024-02-29T23:59:60.123456Z': true,
		'2000-02-29T00:00:00.0Z': true,
		'2026-02-29T09:30:00Z': false,
		'1900-02-29T09:30:00Z': false,
		'2026-04-31T09:30:00Z': false,
		'2026-13-01T09:30:00Z': false,
		'2026-03-00T09:30:00Z': false,
		'2026-03-01T24:00:00Z': false,
		'2026-03-01T09:60:00Z': false,
		'2026-03-01T09:30:00': false,
		'2026-03-01T09:30:00+01:00': false,
		'2026-03-01 09:30:00Z': false,
		'2026-03-01T09:30:00.Z': false,
		'2026-03-01': false,
		' 2026-03-01T09:30:00Z': false,
		'': false
	};
	test.each(Object.entries(times))('has a time in UTC as RFC 3339 writes it: %j is %j', (at, right) => {
		expect(isRecordPlain({ ...record, meta: { at } })).toBe(right);
	});

	test.each<[string, unknown]>([
		['null', null],
		['a list', [record]],
		['a text', 'note'],
		['no kind', { ...record, kind: undefined }],
		['an empty kind', { ...record, kind: '' }],
		['a kind that is a number', { ...record, kind: 1 }],
		['version 0', { ...record, version: 0 }],
		['version 1.5', { ...record, version: 1.5 }],
		['a version that is text', { ...record, version: '1' }],
		['a version that is not exact', { ...record, version: 2 ** 53 }],
		['values that are a list', { ...record, values: [] }],
		['no values', { ...record, values: null }],
		['meta that is a list', { ...record, meta: [] }],
		['a time that is a number', { ...record, meta: { at: 1772357400000 } }],
		['deleted: false', { ...record, meta: { ...record.meta, deleted: false } }],
		['deleted: "true"', { ...record, meta: { ...record.meta, deleted: 'true' } }]
	])('is not %s; then the right one is read', (_, value) => {
		expect(isRecordPlain(value)).toBe(false);
		expectRefusal('crypto/cannot-open', () => readSystemPlain(padText(JSON.stringify(value))));
		expect(readSystemPlain(padText(JSON.stringify(record)))).toEqual(record);
	});

	const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
	const around = (levels: number): string =>
		JSON.stringify({ ...record, later: 'hole' }).replace('"hole"', nested(levels));

	test.each([MOST_DEPTH, 5_000, 100_000])('is not one with %d levels in it', (levels) => {
		expectRefusal('crypto/cannot-open', () => readSystemPlain(padText(around(levels))));
		expect(readRecord(new TextEncoder().encode(around(levels)))).toBeUndefined();
		expectRefusal('crypto/input', () => recordJson(JSON.parse(around(levels))));
	});

	test('may be nested as deep as the format says, and is walked through by whoever compares it', () => {
		expect(JSON.stringify(readSystemPlain(padText(around(MOST_DEPTH - 1))))).toBe(around(MOST_DEPTH - 1));
		expect(() => JSON.stringify(JSON.parse(around(100_000)))).toThrow(RangeError);
	});

	test('may say that the record is deleted', () => {
		expect(isRecordPlain({ ...record, meta: { ...record.meta, deleted: true } })).toBe(true);
	});

	test.each(['', '{"kind":', `\uFEFF${JSON.stringify(record)}`, `${JSON.stringify(record)}{}`])(
		'is refused when %j is not JSON',
		(text) => {
			expectRefusal('crypto/cannot-open', () => readSystemPlain(padText(text)));
		}
	);
});
