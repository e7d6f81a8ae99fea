import { bodyOf } from '../body-of.ts';
import { isDate } from '../dates.ts';
import type { Kind } from '../define-kind.ts';
import type { RecordBody } from '../record-body.ts';
import { dateAfterNext, startOf } from './due-dates.ts';
import type { Reminder } from './reminder.ts';

/**
 * A record whose reminder was seen to: its next date moves on to the following one of its rule, or is gone when that was
 * the last; or the choice it names has its answer.
 * @param at when it is written, RFC 3339 UTC
 */
export function doneBody(kind: Kind, { day, done }: Reminder, body: RecordBody, at: string): RecordBody {
	if (done === undefined) return body;
	if ('field' in done) return bodyOf(kind, { ...body.values, [done.field]: done.to }, at, body);
	if (!('next' in day)) return body;
	const [next, schedule] = [body.values[day.next], body.values[day.schedule]];
	const moved = bodyOf(kind, { ...body.values, [day.next]: dateAfterNext(day, body) ?? '' }, at, body);
	if (!isDate(next) || typeof schedule !== 'string') return moved;
	return { ...moved, meta: { ...moved.meta, countedFrom: startOf(schedule, next, body.meta.countedFrom) } };
}
