import { expect, test } from 'vitest';
import { addDays, doneBody, kindOf, remindersOf, type Kind, type RecordBody } from '../../../../src/lib/kinds/index.ts';
import { euros, record } from '../a-body.ts';

const day = '2024-03-10';
const kind = kindOf('recurring-payment') as Kind;
const payment = (values: Record<string, unknown>) =>
	record('recurring-payment', { name: 'x', amount: euros(1), ...values });
const dueOf = (values: Record<string, unknown>) => remindersOf([payment(values)], day);
const paid = (body: RecordBody): RecordBody => {
	const [reminder] = kind.reminders ?? [];
	if (!reminder) throw new Error('payments come due');
	return doneBody(kind, reminder, body, '2024-03-10T00:00:00Z');
};

test('a payment is due on its next date and from there by its rule', () => {
	const rent = { schedule: 'FREQ=MONTHLY', next: '2024-02-29' };
	expect(dueOf(rent).map(({ date, overdue }) => [date, overdue])).toEqual([
		['2024-02-29', 1],
		['2024-03-29', 0]
	]);
	expect(dueOf({ ...rent, autopay: 'yes' }).map(({ date }) => date)).toEqual(['2024-03-29']);
	expect(dueOf({ ...rent, ends: '2024-03-01' })).toHaveLength(1);
});

test('a payment the bank has made every second day for years is still due next', () => {
	const values = { schedule: 'FREQ=DAILY;INTERVAL=2', next: '2019-01-01', autopay: 'yes' };
	expect(dueOf(values).map(({ date }) => date)).toEqual([addDays(day, 1)]);
});

test('of a payment nobody has paid for long there is one overdue entry, and what comes next is still there', () => {
	expect(dueOf({ schedule: 'FREQ=DAILY', next: '2023-01-01' })).toMatchObject([
		{ date: '2023-01-01', overdue: 434, doable: true },
		{ date: day, overdue: 0, doable: false }
	]);
	expect(dueOf({ schedule: 'FREQ=MONTHLY', next: day })).toMatchObject([{ date: day, overdue: 0, doable: true }]);
	expect(dueOf({ schedule: 'FREQ=MONTHLY', next: day, autopay: 'yes' })).toMatchObject([{ doable: false }]);
});

test('paying moves the next date on, goes back to the 31st after a short month, and ends when the rule does', () => {
	const datesOf = (values: Record<string, unknown>): unknown[] => {
		let { body } = payment(values);
		const dates: unknown[] = [];
		while (body.values.next !== undefined && dates.length < 6) {
			dates.push(body.values.next);
			body = paid(body);
		}
		return dates;
	};
	expect(datesOf({ schedule: 'FREQ=MONTHLY', next: '2024-01-31' }).slice(0, 4)).toEqual([
		'2024-01-31',
		'2024-02-29',
		'2024-03-31',
		'2024-04-30'
	]);
	expect(datesOf({ schedule: 'FREQ=WEEKLY;COUNT=3', next: '2024-01-01' })).toHaveLength(3);
	expect(datesOf({ schedule: 'FREQ=WEEKLY', next: '2024-01-01', ends: '2024-01-10' })).toHaveLength(2);
	expect(datesOf({ schedule: 'FREQ=HOURLY', next: '2024-01-01' })).toHaveLength(1);
});

test('a next date typed by hand is what the rule counts from again', () => {
	const moved = paid(payment({ schedule: 'FREQ=MONTHLY', next: '2024-01-31' }).body);
	const typed = { ...moved, values: { ...moved.values, next: '2024-03-05' } };
	expect(paid(typed).values.next).toBe('2024-04-05');
});

test('an instalment is due until the debt is settled, and without a rule it is due once', () => {
	const loan = { name: 'Loan', outstanding: euros(900), instalment: euros(90), due: addDays(day, 3) };
	const due = (values: Record<string, unknown>) => remindersOf([record('obligation', { ...loan, ...values })], day);
	expect(due({ status: 'open', schedule: 'FREQ=MONTHLY' })).toMatchObject([{ date: addDays(day, 3), doable: true }]);
	expect(due({})).toHaveLength(1);
	expect(due({ status: 'settled' })).toEqual([]);
	const [once] = due({});
	if (!once) throw new Error('nothing is due');
	expect(doneBody(once.kind, once.reminder, once.record.body, '2024-03-10T00:00:00Z').values).not.toHaveProperty('due');
});
