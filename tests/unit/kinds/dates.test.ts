import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
	addDays,
	addMonths,
	calendar,
	daysBetween,
	endOfMonth,
	formatDate,
	fullYear,
	isDate,
	isDateTime,
	today
} from '../../../src/lib/kinds/index.ts';

const days = fc.integer({ min: 0, max: 150_000 }).map((day) => addDays('1800-01-01', day));

test.each(['2024-02-29', '0001-01-01', '9999-12-31'])('%s is a date', (text) => {
	expect(isDate(text)).toBe(true);
});

test.each([
	'2023-02-29',
	'2024-02-30',
	'2024-04-31',
	'2024-01-32',
	'2024-13-01',
	'2024-00-10',
	'2024-1-1',
	'0000-01-01',
	'2024-01-01T00:00:00Z',
	'',
	20240101,
	null
])('%s is no date', (value) => {
	expect(isDate(value)).toBe(false);
});

test('a moment needs a date that exists, a time and an offset', () => {
	expect(isDateTime('2024-02-29T23:59:59.123Z')).toBe(true);
	expect(isDateTime('2024-02-29T10:00:00+02:00')).toBe(true);
	expect(isDateTime('2023-02-29T10:00:00Z')).toBe(false);
	expect(isDateTime('2024-02-29T25:00:00Z')).toBe(false);
	expect(isDateTime('2024-02-29T10:00:00')).toBe(false);
});

test('a date is the same day in every zone: it is written without one', () => {
	expect(formatDate('2024-03-05', 'en-GB', 'short')).toBe('05/03/2024');
	expect(formatDate('2024-03-05', 'en-US', 'short')).toBe('03/05/2024');
	expect(formatDate('2024-03-05', 'es')).toBe('5 mar 2024');
});

test('today is a date of the zone asked for', () => {
	const ahead = today('Pacific/Kiritimati');
	const behind = today('Pacific/Niue');
	expect(isDate(ahead) && isDate(behind)).toBe(true);
	expect([1, 2]).toContain(daysBetween(behind, ahead));
});

test.each(['2024-02-29T22:30:00Z', '2025-01-01T00:30:00Z', '2025-07-01T10:30:00Z'])(
	'today is the date of the zone the device is in, at %s',
	(at) => {
		vi.useFakeTimers({ now: new Date(at), toFake: ['Date'] });
		onTestFinished(() => void vi.useRealTimers());
		vi.stubEnv('TZ', 'Asia/Tokyo');
		onTestFinished(() => void vi.unstubAllEnvs());
		expect(today()).toBe(today('Asia/Tokyo'));
	}
);

test('a month on from the 31st is the last day of a shorter month', () => {
	expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
	expect(addMonths('2023-01-31', 1)).toBe('2023-02-28');
	expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
	expect(endOfMonth('2100-02-03')).toBe('2100-02-28');
});

test('days added and days between are each the other', () => {
	fc.assert(
		fc.property(days, fc.integer({ min: -5000, max: 5000 }), (date, count) => {
			const other = addDays(date, count);
			expect(isDate(other)).toBe(true);
			expect(daysBetween(date, other)).toBe(count);
			expect(other < date).toBe(count < 0);
		})
	);
});

test('a text that is no date is not taken for one', () => {
	expect(() => calendar('2023-02-29')).toThrow('kinds/date');
});

test.each([
	['0026-03-05', '2026-03-05'],
	['0046-03-05', '2046-03-05'],
	['0047-03-05', '1947-03-05'],
	['0099-12-31', '1999-12-31'],
	['0126-03-05', '0126-03-05'],
	['2024-02-29', '2024-02-29']
])('%s, typed in 2026, means %s', (typed, meant) => {
	expect(fullYear(typed, '2026-11-22')).toBe(meant);
});
