import { addDays, isWallTime } from '../dates.ts';
import { isMeasure, type Measure } from '../measure.ts';
import type { KindRecord } from '../record-body.ts';
import { convert } from '../units.ts';
import { planDoses } from './plan-doses.ts';

export interface Stock {
	readonly medication: KindRecord;
	readonly name: string;
	/** What is left, in the unit it was counted in; not below zero. */
	readonly left: Measure;
	/** The day of the first planned dose for which there is not enough; null when that is more than a year off. */
	readonly runsOut: string | null;
}

/**
 * What is left of each medication whose stock was counted: what there was then, less every dose taken since. Nothing is
 * ever written for it, so it cannot be counted off twice.
 * @param medications and intakes: live records of these kinds
 * @param now what the clock on the wall says
 */
export function stocksOf(medications: readonly KindRecord[], intakes: readonly KindRecord[], now: string): Stock[] {
	const counted = medications.filter(({ body: { values } }) => isMeasure(values.stock) && values.status !== 'ended');
	if (counted.length === 0) return [];
	const byMedication = Map.groupBy(intakes, ({ body }) => String(body.values.medication));
	return counted.map((medication) => stockOf(medication, byMedication.get(medication.id) ?? [], now));
}

/** The stocks that run out within so many days, the soonest first. */
export function runningOut(stocks: readonly Stock[], now: string, days: number): (Stock & { runsOut: string })[] {
	const last = addDays(now.slice(0, 10), days);
	return stocks
		.filter((stock): stock is Stock & { runsOut: string } => stock.runsOut !== null && stock.runsOut <= last)
		.sort((a, b) => (a.runsOut < b.runsOut ? -1 : a.runsOut > b.runsOut ? 1 : 0));
}

function stockOf(medication: KindRecord, intakes: readonly KindRecord[], now: string): Stock {
	const { stock, countedAt, dose, name } = medication.body.values;
	const { value, unit } = stock as Measure;
	const since = isWallTime(countedAt) ? countedAt : '';
	const taken = new Map<string, number>();
	const marked = new Set<string>();
	for (const { body } of intakes) {
		const { plannedAt, takenAt, status } = body.values;
		if (!isWallTime(plannedAt)) continue;
		if (status !== 'open') marked.add(plannedAt);
		const at = isWallTime(takenAt) ? takenAt : plannedAt;
		if (status === 'taken' && at >= since) taken.set(plannedAt, amountOf(body.values.dose ?? dose, unit));
	}
	const left = Math.max(0, round([...taken.values()].reduce((rest, amount) => rest - amount, value)));
	return {
		medication,
		name: typeof name === 'string' ? name : '',
		left: { value: left, unit },
		runsOut: runsOutOn(medication, marked, left, amountOf(dose, unit), now)
	};
}

function runsOutOn(
	{ body }: KindRecord,
	marked: ReadonlySet<string>,
	left: number,
	each: number,
	now: string
): string | null {
	if (each <= 0) return null;
	const enough = Math.floor(round(left / each));
	const today = now.slice(0, 10);
	// Those of today that nobody has marked are still to be taken.
	const most = enough + marked.size + 1;
	const coming = planDoses(body, `${today}T00:00`, `${addDays(today, 365)}T23:59`, most);
	return coming.filter((at) => !marked.has(at))[enough]?.slice(0, 10) ?? null;
}

/** How much of the stock a dose takes: as much as it says where both are counted alike, else one piece. */
function amountOf(dose: unknown, unit: string): number {
	if (!isMeasure(dose)) return 1;
	return convert(dose.value, dose.unit, unit) ?? 1;
}

/** Sums of halves and tenths, without what floats leave over. */
function round(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}
