import { addDays, isDate } from '../dates.ts';
import { isMoney, type Money } from '../money.ts';
import { nextDates } from '../next-dates.ts';
import type { KindRecord } from '../record-body.ts';
import { live } from './movements.ts';

export interface PaymentDue {
	readonly id: string;
	readonly name: string;
	readonly amount: Money;
	readonly date: string;
	/** The bank pays it by itself. */
	readonly autopay: boolean;
	/** Its day has passed; never of one the bank pays. */
	readonly overdue: boolean;
}

/**
 * The recurring payments due up to some days ahead, earliest first. The next date of a record is due itself, whatever
 * its rule; from there on the rule says when.
 * @param on today
 * @param days how far to look ahead
 */
export function paymentsDue(records: readonly KindRecord[], on: string, days: number): PaymentDue[] {
	return live(records, 'recurring-payment')
		.flatMap(({ id, body: { values } }) => {
			const { name, amount, schedule, next, ends, autopay } = values;
			if (!isDate(next) || !isMoney(amount) || typeof schedule !== 'string') return [];
			const horizon = addDays(on, days);
			const last = isDate(ends) && ends < horizon ? ends : horizon;
			const automatic = autopay === 'yes';
			const dates = new Set([
				next,
				...nextDates(schedule, next, { from: automatic && on > next ? on : next, to: last }, 100)
			]);
			return [...dates]
				.filter((date) => date <= last && (!automatic || date >= on))
				.map((date) => ({
					id,
					name: typeof name === 'string' ? name : '',
					amount,
					date,
					autopay: automatic,
					overdue: date < on
				}));
		})
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.name < b.name ? -1 : 1));
}
