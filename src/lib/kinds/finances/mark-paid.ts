import { bodyOf } from '../body-of.ts';
import { isDate } from '../dates.ts';
import type { RecordBody } from '../record-body.ts';
import { dateAfterNext, startOf } from './payment-dates.ts';
import { recurringPayment } from './recurring-payment.ts';

/**
 * A recurring payment whose next date was paid: the date moves on to the following one of its rule, or is gone when that
 * was the last.
 * @param at when it is written, RFC 3339 UTC
 */
export function markPaid(body: RecordBody, at: string): RecordBody {
	const { next, schedule } = body.values;
	const values = { ...body.values, next: dateAfterNext(body) ?? '' };
	const paid = bodyOf(recurringPayment, values, at, body);
	if (!isDate(next) || typeof schedule !== 'string') return paid;
	return { ...paid, meta: { ...paid.meta, countedFrom: startOf(schedule, next, body.meta.countedFrom) } };
}
