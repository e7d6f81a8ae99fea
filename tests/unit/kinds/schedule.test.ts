import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	describeSchedule,
	formatSchedule,
	isSchedule,
	nextDates,
	parseSchedule,
	weekdays,
	type Schedule
} from '../../../src/lib/kinds/index.ts';

const next = (rule: string, start: string, count = 5, from = start): string[] =>
	nextDates(rule, start, { from, to: '2100-01-01' }, count);

test('a plain monthly rule from the 31st falls on the last day of shorter months', () => {
	expect(next('FREQ=MONTHLY', '2024-01-31', 4)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30']);
	expect(next('FREQ=YEARLY', '2024-02-29', 3)).toEqual(['2024-02-29', '2025-02-28', '2026-02-28']);
});

test('days of the month that are named are skipped where a month lacks them', () => {
	expect(next('FREQ=MONTHLY;BYMONTHDAY=31', '2024-01-31', 3)).toEqual(['2024-01-31', '2024-03-31', '2024-05-31']);
	expect(next('FREQ=MONTHLY;BYMONTHDAY=-1', '2024-01-31', 3)).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
	expect(next('FREQ=MONTHLY;BYMONTHDAY=1,15', '2024-01-10', 3)).toEqual(['2024-01-15', '2024-02-01', '2024-02-15']);
});

test('weeks begin on Monday, as RFC 5545 has it', () => {
	expect(next('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU', '1997-08-05', 4)).toEqual([
		'1997-08-05',
		'1997-08-10',
		'1997-08-19',
		'1997-08-24'
	]);
	expect(next('FREQ=WEEKLY', '2024-03-06', 2)).toEqual(['2024-03-06', '2024-03-13']);
});

test('the examples of RFC 5545 give the dates it lists', () => {
	expect(next('FREQ=MONTHLY;COUNT=10;BYDAY=1FR', '1997-09-05', 20)).toEqual([
		'1997-09-05',
		'1997-10-03',
		'1997-11-07',
		'1997-12-05',
		'1998-01-02',
		'1998-02-06',
		'1998-03-06',
		'1998-04-03',
		'1998-05-01',
		'1998-06-05'
	]);
	expect(next('FREQ=MONTHLY;COUNT=6;BYDAY=-2MO', '1997-09-22', 9).slice(0, 3)).toEqual([
		'1997-09-22',
		'1997-10-20',
		'1997-11-17'
	]);
	expect(next('FREQ=DAILY;UNTIL=19970904T000000Z', '1997-09-02', 9)).toEqual([
		'1997-09-02',
		'1997-09-03',
		'1997-09-04'
	]);
	expect(next('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02', 3)).toEqual([
		'1998-02-13',
		'1998-03-13',
		'1998-11-13'
	]);
});

const rules = fc.record({
	frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
	interval: fc.integer({ min: 1, max: 9 }),
	weekday: fc.option(fc.constantFrom(...weekdays)),
	monthDay: fc.option(fc.integer({ min: -28, max: 28 }).filter((day) => day !== 0)),
	count: fc.option(fc.integer({ min: 1, max: 60 }))
});
const schedules = rules.map<Schedule>(({ frequency, interval, weekday, monthDay, count }) => ({
	frequency,
	interval,
	byDay: weekday !== null && frequency !== 'YEARLY' ? [{ day: weekday }] : [],
	byMonthDay: monthDay !== null && frequency === 'MONTHLY' ? [monthDay] : [],
	...(count === null ? {} : { count })
}));
const starts = fc.integer({ min: 0, max: 20_000 }).map((day) => addDays('1990-01-01', day));

test('a rule survives being written and read', () => {
	fc.assert(
		fc.property(schedules, (schedule) => {
			const text = formatSchedule(schedule);
			expect(isSchedule(text)).toBe(true);
			expect(parseSchedule(text)).toEqual(schedule);
		})
	);
});

test('looking from a later day gives the same dates as looking from the start', () => {
	fc.assert(
		fc.property(schedules, starts, fc.integer({ min: 0, max: 2000 }), (schedule, start, ahead) => {
			const rule = formatSchedule(schedule);
			const from = addDays(start, ahead);
			const to = addDays(from, 800);
			const all = nextDates(rule, start, { from: start, to }, 100_000);
			expect(nextDates(rule, start, { from, to }, 100_000)).toEqual(all.filter((date) => date >= from));
			expect(all).toEqual([...new Set(all)].sort());
			expect(all.length).toBeLessThanOrEqual(schedule.count ?? Infinity);
		})
	);
});

test.each([
	['FREQ=MONTHLY', 'Every month', 'Cada mes'],
	['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', 'Every 2 weeks on Monday and Friday', 'Cada 2 semanas el lunes y viernes'],
	['FREQ=MONTHLY;BYMONTHDAY=1,22', 'Every month on the 1st and 22nd', 'Cada mes el día 1 y día 22'],
	['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day', 'Cada mes el último día'],
	['FREQ=MONTHLY;BYDAY=-1FR', 'Every month on the last Friday', 'Cada mes el último viernes'],
	['FREQ=YEARLY;COUNT=3', 'Every year, 3 times', 'Cada año, 3 veces'],
	['FREQ=DAILY;UNTIL=20241231', 'Every day, until Dec 31, 2024', 'Cada día, hasta el 31 dic 2024']
])('%s reads as a sentence', (rule, english, spanish) => {
	expect(describeSchedule(rule, 'en')).toBe(english);
	expect(describeSchedule(rule, 'es')).toBe(spanish);
});

test('a rule with parts not known here is kept, shown as it is, and gives no dates', () => {
	const rule = 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1';
	expect(isSchedule(rule)).toBe(true);
	expect(parseSchedule(rule)).toBeNull();
	expect(describeSchedule(rule, 'en')).toBe(rule);
	expect(next(rule, '2024-01-31')).toEqual([]);
});

test.each([
	'FREQ=HOURLY',
	'FREQ=DAILY;COUNT=2;UNTIL=20240101',
	'FREQ=WEEKLY;BYMONTHDAY=3',
	'FREQ=DAILY;INTERVAL=0',
	'FREQ=MONTHLY;BYDAY=6MO'
])('%s is not worked out', (rule) => {
	expect(parseSchedule(rule)).toBeNull();
});

test.each(['', 'monthly', 'FREQ=', 'FREQ=MONTHLY;', 7, null])('%j is no rule at all', (value) => {
	expect(isSchedule(value)).toBe(false);
});

test('no text makes the search for dates run on', () => {
	const part = fc.constantFrom(
		'INTERVAL=999',
		'BYMONTHDAY=31',
		'BYMONTHDAY=-31',
		'BYDAY=5SU',
		'COUNT=9999',
		'UNTIL=99991231'
	);
	fc.assert(
		fc.property(
			fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
			fc.array(part, { maxLength: 3 }),
			(freq, parts) => {
				const rule = [`FREQ=${freq}`, ...parts].join(';');
				expect(nextDates(rule, '2024-02-01', { from: '2024-01-01', to: '2200-01-01' }, 50).length).toBeLessThanOrEqual(
					50
				);
			}
		),
		{ numRuns: 60 }
	);
});
