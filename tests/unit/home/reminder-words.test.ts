import { expect, test } from 'vitest';
import { addDays, remindersOf } from '../../../src/lib/kinds/index.ts';
import { openTasks } from '../../../src/routes/(vault)/[entity=uuid]/papers/open-tasks.ts';
import { whenWords } from '../../../src/routes/(vault)/[entity=uuid]/reminders/when-words.ts';
import { euros, record } from '../kinds/a-body.ts';

const day = '2024-03-10';
const told = (kind: string, values: Record<string, unknown>) =>
	remindersOf([record(kind, values)], day).map((due) => whenWords(due, day, 'en-GB'));

test('what comes is told by its days, what passed by itself likewise, and what is open by since when', () => {
	expect(told('identity-document', { expires: addDays(day, 52) })).toEqual(['Expires in 52 days · 1 May 2024']);
	expect(told('identity-document', { expires: addDays(day, -1) })).toEqual(['Expired yesterday · 9 Mar 2024']);
	expect(told('task', { title: 'Call', due: addDays(day, -1) })).toEqual(['Overdue since 9 Mar 2024']);
	const rent = { amount: euros(1), schedule: 'FREQ=WEEKLY', next: addDays(day, -8) };
	expect(told('recurring-payment', rent)).toEqual(['Overdue 2 times, since 2 Mar 2024', 'Due in 6 days · 16 Mar 2024']);
	expect(told('recurring-payment', { ...rent, autopay: 'yes' })).toEqual([
		'Due in 6 days · 16 Mar 2024 · paid by the bank'
	]);
});

test('of the tasks the open ones are shown, the soonest first and those without a day last', () => {
	const task = (title: string, values: Record<string, unknown>) => record('task', { title, ...values }, title);
	const all = [
		task('some day', {}),
		task('done', { due: day, status: 'done' }),
		task('later', { due: '2024-05-01', status: 'open' }),
		task('soon', { due: '2024-03-11' })
	];
	expect(openTasks(all).map(({ id }) => id)).toEqual(['soon', 'later', 'some day']);
});
