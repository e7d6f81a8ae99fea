import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	doneBody,
	formatDaysAway,
	isDate,
	kinds,
	remindersOf,
	waitingOn,
	type Reminder
} from '../../../../src/lib/kinds/index.ts';
import { euros, record } from '../a-body.ts';

const day = '2024-03-10';
/** What is said of one record, with its date. */
const told = (kind: string, values: Record<string, unknown>, on = day) =>
	remindersOf([record(kind, values)], on).map(
		({ date, overdue, reminder }) => `${(overdue > 0 ? reminder.passed : reminder.coming).en} ${date}`
	);

test.each([
	['identity-document', 'expires', 180, 90],
	['card', 'expires', 45, 60],
	['insurance-policy', 'ends', 60, 60],
	['warranty', 'ends', 30, 0],
	['vehicle-paper', 'expires', 45, 60],
	['property-paper', 'expires', 45, 60]
])('%s is told of before its %s, for so many days and no longer', (kind, key, ahead, after) => {
	const on = (date: string) => told(kind, { [key]: date });
	expect(on(addDays(day, ahead))).toHaveLength(1);
	expect(on(addDays(day, ahead + 1))).toEqual([]);
	expect(on(day)).toHaveLength(1);
	expect(on(addDays(day, -after))).toHaveLength(1);
	expect(on(addDays(day, -after - 1))).toEqual([]);
});

test('a contract that renews itself is told of while notice can be given; one that does not, when it ends', () => {
	const notice = { value: 1, unit: 'mo' };
	const lease = { ends: '2024-04-30', notice, renews: 'yes' };
	expect(told('contract', lease)).toEqual(['Last day to give notice 2024-03-30']);
	expect(told('contract', lease, '2024-04-02')).toEqual(['Renews 2024-04-30']);
	expect(told('contract', { ...lease, renews: 'no' }, '2024-04-02')).toEqual(['Ends 2024-04-30']);
	expect(told('contract', { ...lease, notice: { value: 2, unit: 'wk' } })).toEqual([
		'Last day to give notice 2024-04-16'
	]);
	expect(told('contract', { ...lease, notice: undefined })).toEqual([]);
	expect(told('contract', { ends: '2024-03-31', notice: { value: 10, unit: 'd' } })).toEqual([
		'Last day to give notice 2024-03-21',
		'Ends 2024-03-31'
	]);
});

test('a card is paid on its day of every month, or its last where that has fewer, until it expires', () => {
	const values = { dueDay: { value: 31, unit: '' } };
	expect(told('card', values, '2024-02-25')).toEqual(['To be paid 2024-02-29']);
	expect(told('card', { ...values, expires: '2024-02-28' }, '2024-02-25')).toEqual(['Expires 2024-02-28']);
	expect(told('card', { dueDay: { value: 2, unit: '' } }, '2024-02-28')).toEqual(['To be paid 2024-03-02']);
	expect(told('card', { dueDay: { value: 2.5, unit: '' } })).toEqual([]);
});

test('a premium comes back by its rule and is not overdue', () => {
	const policy = { premium: euros(100), schedule: 'FREQ=YEARLY', started: '2019-03-20', ends: '2030-01-01' };
	expect(told('insurance-policy', policy)).toEqual(['Premium due 2024-03-20']);
	expect(told('insurance-policy', policy, '2024-03-21')).toEqual([]);
});

test('a task and a tax filing are overdue until they are done, and a press does them', () => {
	for (const [kind, key, status] of [
		['task', 'due', 'done'],
		['tax-filing', 'expires', 'filed']
	] as const) {
		const [due] = remindersOf([record(kind, { title: 'x', [key]: '2019-01-01' })], day);
		if (!due) throw new Error('nothing is due');
		expect(due).toMatchObject({ overdue: 1, doable: true });
		const body = doneBody(due.kind, due.reminder, due.record.body, '2024-03-10T00:00:00Z');
		expect(body.values).toMatchObject({ status });
		expect(remindersOf([{ id: due.record.id, body }], day)).toEqual([]);
	}
});

test('soonest first, and what waits today is counted without what the bank does by itself', () => {
	const pay = { name: 'Rent', amount: euros(1), schedule: 'FREQ=YEARLY', next: day };
	const records = [
		record('warranty', { item: 'Oven', ends: addDays(day, 5) }),
		record('recurring-payment', pay),
		record('recurring-payment', { ...pay, autopay: 'yes' }),
		record('task', { title: 'Call', due: addDays(day, -3) }),
		record('expense', { date: day, amount: euros(1) })
	];
	const due = remindersOf(records, day);
	expect(due.map(({ date }) => date)).toEqual([addDays(day, -3), day, day, addDays(day, 5)]);
	expect(waitingOn(due, day)).toBe(2);
});

test('whatever a record holds, its reminders are real days within their bounds, in order', () => {
	const telling = kinds.filter(({ reminders }) => reminders !== undefined);
	const value = fc.oneof(
		fc.jsonValue({ maxDepth: 1 }),
		fc.integer({ min: -4000, max: 4000 }).map((days) => addDays(day, days)),
		fc.record({ value: fc.double({ min: -50, max: 50, noNaN: true }), unit: fc.constantFrom('', 'd', 'wk', 'mo') }),
		fc.constantFrom('FREQ=MONTHLY', 'FREQ=DAILY;COUNT=3', 'FREQ=YEARLY', 'yes', 'no', 'open')
	);
	for (const { name, fields } of telling) {
		const values = fc.dictionary(fc.constantFrom(...Object.keys(fields)), value);
		fc.assert(
			fc.property(values, (given) => {
				const due = remindersOf([record(name, given)], day);
				for (const { date, reminder, overdue } of due) {
					expect(isDate(date)).toBe(true);
					expect(date < day).toBe(overdue > 0);
					expect(date <= addDays(day, reminder.ahead)).toBe(true);
				}
				expect(due.map(({ date }) => date)).toEqual(due.map(({ date }) => date).sort());
			}),
			{ numRuns: process.env.ARCA_SOAK ? 5000 : 60 }
		);
	}
});

test('every reminder that waits to be done has a button for it, and the others pass by themselves', () => {
	const all = kinds.flatMap(({ reminders = [] }): Reminder[] => [...reminders]);
	expect(all.length).toBeGreaterThan(10);
	for (const { done, after } of all) expect(done === undefined).toBe(after !== undefined);
});

test('days are told in words', () => {
	expect(formatDaysAway(addDays(day, 1), day, 'en')).toBe('tomorrow');
	expect(formatDaysAway(addDays(day, 52), day, 'es')).toBe('dentro de 52 días');
	expect(formatDaysAway(addDays(day, -3), day, 'en-GB')).toBe('3 days ago');
});
