import { addDays, isDate } from '../dates.ts';
import { isMoney, type Money } from '../money.ts';
import type { KindRecord, RecordBody } from '../record-body.ts';
import { live } from './movements.ts';
import { paymentDates } from './payment-dates.ts';

export interface PaymentDue {
	readonly id: string;
	readonly name: string;
	readonly amount: Money;
	/** Of an overdue one, the first date that was not paid. */
	readonly date: string;
	/** The bank pays it by itself. */
	readonly autopay: boolean;
	/** How many of its dates have passed unpaid; 0 for one to come, and always for one the bank pays. */
	readonly overdue: number;
	/** It is the one to pay next: nobody else pays it, and none before it is open. */
	readonly payable: boolean;
}

/** More open dates than this are not counted. */
const MOST_OVERDUE = 1000;

/**
 * The recurring payments due up to some days ahead, earliest first: of each at most one entry for all that is overdue,
 * then those to come. The next date of a record is due itself, whatever its rule; from there on the rule says when.
 * @param on today
 * @param days how far to look ahead
 */
export function paymentsDue(records: readonly KindRecord[], on: string, days: number): PaymentDue[] {
	return live(records, 'recurring-payment')
		.flatMap(({ id, body }) => {
			const { name, amount, next, autopay } = body.values;
			if (!isDate(next) || !isMoney(amount)) return [];
			const automatic = autopay === 'yes';
			const about = { id, name: typeof name === 'string' ? name : '', amount, autopay: automatic };
			const coming = paymentDates(body, { from: on, to: addDays(on, days) }, days + 2);
			const open = automatic ? [] : overdueDates(body, next, on);
			const first = open.slice(0, 1).map((date) => ({ ...about, date, overdue: open.length, payable: true }));
			const payable = (date: string): boolean => !automatic && date === next;
			return [...first, ...coming.map((date) => ({ ...about, date, overdue: 0, payable: payable(date) }))];
		})
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.name < b.name ? -1 : 1));
}

function overdueDates(body: RecordBody, next: string, on: string): string[] {
	return next < on ? paymentDates(body, { from: next, to: addDays(on, -1) }, MOST_OVERDUE) : [];
}
