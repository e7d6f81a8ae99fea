import { bodyOf } from '../body-of.ts';
import { minutesBetween } from '../dates.ts';
import { isMeasure } from '../measure.ts';
import type { KindRecord, RecordBody } from '../record-body.ts';
import { medicationIntake } from './medication-intake.ts';
import { ANY_TIME } from './plan-doses.ts';

/** What can be said of a dose; `open` takes back what was said. */
export type DoseMark = 'taken' | 'skipped' | 'open';

/** Up to so many minutes from its time a dose was taken as planned. */
const ON_TIME = 60;

/**
 * The record that says what became of a planned dose. Taken about when it was planned, it keeps no time of its own: two
 * devices that tick it off some minutes apart then say the same, and nobody has to choose between them.
 * @param plannedAt by the clock on the wall
 * @param now what that clock says
 * @param at the moment of writing, RFC 3339 UTC
 * @param before the record as it is, where it was marked already
 */
export function markDose(
	medication: KindRecord,
	plannedAt: string,
	mark: DoseMark,
	{ now, at }: { now: string; at: string },
	before?: RecordBody
): RecordBody {
	const { dose } = medication.body.values;
	const onTime = plannedAt.endsWith(ANY_TIME)
		? plannedAt.slice(0, 10) === now.slice(0, 10)
		: Math.abs(minutesBetween(plannedAt, now)) <= ON_TIME;
	const values = {
		...before?.values,
		medication: medication.id,
		plannedAt,
		status: mark,
		takenAt: mark === 'taken' && !onTime ? now : undefined,
		dose: before?.values.dose ?? (isMeasure(dose) ? dose : undefined)
	};
	return bodyOf(medicationIntake, values, at, before);
}
