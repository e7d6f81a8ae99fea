import { addMinutes, isWallTime } from '../dates.ts';
import { isMeasure, type Measure } from '../measure.ts';
import type { KindRecord } from '../record-body.ts';
import type { DoseMark } from './mark-dose.ts';
import { ANY_TIME, planDoses } from './plan-doses.ts';

export interface Dose {
	readonly medication: string;
	readonly name: string;
	/** By the clock on the wall. */
	readonly plannedAt: string;
	/** `HH:MM`; null where any time of the day will do. */
	readonly time: string | null;
	readonly amount: Measure | undefined;
	readonly mark: DoseMark;
	/** When it was taken, where that was not as planned. */
	readonly takenAt: string | undefined;
	/** Its time has passed by more than half an hour and nothing was said of it. */
	readonly late: boolean;
}

/** So many minutes after its time an open dose of the evening before is still offered. */
const KEPT_OPEN = 12 * 60;
/** So many minutes after its time an open dose is late. */
const LATE = 30;

/**
 * The doses to show now, in order: today's, those of last evening that are open, and what was said of doses whose time
 * the plan no longer has.
 * @param medications and intakes: live records of these kinds
 * @param now what the clock on the wall says
 */
export function dosesOfDay(medications: readonly KindRecord[], intakes: readonly KindRecord[], now: string): Dose[] {
	const day = now.slice(0, 10);
	const since = addMinutes(now, -KEPT_OPEN);
	const from = since.slice(0, 10) < day ? since : `${day}T00:00`;
	const marked = marksSince(intakes, from);
	const doses = medications.flatMap((medication) => {
		const own = marked.get(medication.id);
		const planned = planDoses(medication.body, from, `${day}T23:59`).filter(
			// A day without a time is over at midnight.
			(at) => at.slice(0, 10) === day || !at.endsWith(ANY_TIME)
		);
		const said = [...(own?.keys() ?? [])].filter((at) => at.slice(0, 10) === day);
		return [...new Set([...planned, ...said])].map((at) => doseOf(medication, at, own?.get(at), now));
	});
	const shown = doses.filter(({ plannedAt, mark }) => plannedAt.slice(0, 10) === day || mark === 'open');
	return shown.sort((a, b) => order(a.plannedAt, b.plannedAt) || order(a.name, b.name));
}

type Marks = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function marksSince(intakes: readonly KindRecord[], from: string): Map<string, Marks> {
	const marks = new Map<string, Map<string, Record<string, unknown>>>();
	for (const { body } of intakes) {
		const { medication, plannedAt } = body.values;
		if (typeof medication !== 'string' || !isWallTime(plannedAt) || plannedAt < from) continue;
		const own = marks.get(medication) ?? new Map<string, Record<string, unknown>>();
		// Should there be two all the same, what was said counts more than what was taken back.
		const other = own.get(plannedAt);
		if (other === undefined || other.status === 'open') own.set(plannedAt, body.values);
		marks.set(medication, own);
	}
	return marks;
}

function doseOf(
	{ id, body }: KindRecord,
	plannedAt: string,
	said: Readonly<Record<string, unknown>> | undefined,
	now: string
): Dose {
	const { name, dose } = body.values;
	const mark = said?.status === 'taken' || said?.status === 'skipped' ? said.status : 'open';
	const amount = said?.dose ?? dose;
	const time = plannedAt.slice(11);
	return {
		medication: id,
		name: typeof name === 'string' ? name : '',
		plannedAt,
		time: time === ANY_TIME ? null : time,
		amount: isMeasure(amount) ? amount : undefined,
		mark,
		takenAt: isWallTime(said?.takenAt) ? said.takenAt : undefined,
		late: mark === 'open' && time !== ANY_TIME && addMinutes(plannedAt, LATE) < now
	};
}

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
