import { isDate, isDateTime, wallTime } from '../../dates.ts';
import { isMeasure } from '../../measure.ts';
import { isMoney, negate, type Money } from '../../money.ts';
import type { KindRecord } from '../../record-body.ts';
import { entriesOf } from '../balances.ts';
import { live } from '../movements.ts';
import { scaled } from './scaled.ts';

/** By how much something was worth more, or less, from a day on. */
export interface Change {
	readonly date: string;
	readonly amount: Money;
}

/** Something that counts in net worth. */
export interface Holding {
	readonly id: string;
	/** In any order. */
	readonly changes: readonly Change[];
	/** From the one day up to, and not with, the other nobody has said what it was worth; `''` is before any day. */
	readonly unknown: { readonly from: string; readonly to: string };
}

/** Earlier than any day. */
const EVER = '';

/**
 * What counts in net worth: accounts, assets, savings goals and investments, less obligations. An account counts with its
 * cash; a savings goal that names an account lies in it and is not counted again.
 */
export function holdingsOf(records: readonly KindRecord[]): Holding[] {
	const accounts = live(records, 'account');
	const ids = new Set(accounts.map(({ id }) => id));
	const goals = live(records, 'savings-goal').filter(({ body }) => !ids.has(String(body.values.account)));
	return [
		...accountHoldings(accounts, records),
		...live(records, 'asset').map((record) => valued(record, { value: 'value', on: 'valuedOn' }, 'acquiredOn', 'cost')),
		...goals.map((record) => valued(record, { value: 'saved', on: 'savedOn' })),
		...live(records, 'investment').map(investmentHolding),
		...live(records, 'obligation').map(obligationHolding)
	].filter(({ changes }) => changes.length > 0);
}

function accountHoldings(accounts: readonly KindRecord[], records: readonly KindRecord[]): Holding[] {
	const entries = Map.groupBy(entriesOf(records), ({ account }) => account);
	return accounts.map((record) => {
		const { opening, openingOn } = record.body.values;
		const since = isDate(openingOn) ? openingOn : EVER;
		const moved: readonly Change[] = (entries.get(record.id) ?? []).filter(({ date }) => date >= since);
		if (!isMoney(opening) || opening.minor === 0) return { id: record.id, changes: moved, unknown: never };
		// Without a day of its own it is what there was before the first movement.
		const first = moved.reduce((least, { date }) => (least === EVER || date < least ? date : least), EVER);
		const known = since || first || writtenOn(record);
		return {
			id: record.id,
			changes: [{ date: known, amount: opening }, ...moved],
			unknown: { from: EVER, to: known }
		};
	});
}

const never = { from: EVER, to: EVER };

/** What one thing was worth on a day. */
interface Worth {
	readonly on: string;
	readonly value: Money;
}

/** Something whose value was told now and then. */
function valued(record: KindRecord, now: { value: string; on: string }, begin?: string, cost?: string): Holding {
	const { values } = record.body;
	const [value, on] = [values[now.value], values[now.on]];
	const worths = earlierOf(values).flatMap((row) => worthOf(row.on, row.value));
	const began = begin === undefined ? undefined : values[begin];
	const paid = cost === undefined ? undefined : values[cost];
	return holdingOf(record, began, [
		...worthOf(began, paid),
		...worths,
		...worthOf(isDate(on) ? on : writtenOn(record), value)
	]);
}

function obligationHolding(record: KindRecord): Holding {
	const owed = valued(record, { value: 'outstanding', on: 'outstandingOn' }, 'started', 'principal');
	const { status, outstanding, outstandingOn } = record.body.values;
	const settled =
		status === 'settled' && isMoney(outstanding)
			? [{ date: isDate(outstandingOn) ? outstandingOn : writtenOn(record), amount: negate(outstanding) }]
			: [];
	return {
		...owed,
		changes: [...owed.changes, ...settled].map(({ date, amount }) => ({ date, amount: negate(amount) }))
	};
}

function investmentHolding(record: KindRecord): Holding {
	const { quantity, unitPrice, pricedOn, unitCost, boughtOn } = record.body.values;
	const worths = earlierOf(record.body.values).flatMap((row) => worthOf(row.on, product(row.price, row.quantity)));
	const bought = worthOf(boughtOn, product(unitCost, quantity));
	const priced = worthOf(isDate(pricedOn) ? pricedOn : writtenOn(record), product(unitPrice, quantity));
	const known = [...bought, ...worths, ...priced];
	return holdingOf(
		record,
		boughtOn,
		known.length > 0 ? known : worthOf(writtenOn(record), product(unitCost, quantity))
	);
}

/**
 * @param began the day since which it is there, if that is known: before it it was worth nothing
 * @param worths what is known of it; of one day the last counts
 */
function holdingOf({ id }: KindRecord, began: unknown, worths: readonly Worth[]): Holding {
	const byDay = new Map(worths.map((worth) => [worth.on, worth.value]));
	const days = [...byDay.keys()].sort();
	const changes = days.flatMap((date, place): Change[] => {
		const before = byDay.get(days[place - 1] ?? '');
		const value = byDay.get(date);
		return [...(before ? [{ date, amount: negate(before) }] : []), ...(value ? [{ date, amount: value }] : [])];
	});
	return { id, changes, unknown: { from: isDate(began) ? began : EVER, to: days[0] ?? EVER } };
}

function worthOf(on: unknown, value: unknown): Worth[] {
	return isDate(on) && isMoney(value) ? [{ on, value }] : [];
}

function earlierOf({ earlier }: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
	const rows: unknown[] = Array.isArray(earlier) ? earlier : [];
	return rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
}

function product(price: unknown, quantity: unknown): Money | null {
	if (!isMoney(price) || !isMeasure(quantity)) return null;
	const minor = Number(scaled(BigInt(price.minor), quantity.value));
	return Number.isSafeInteger(minor) ? { minor, currency: price.currency } : null;
}

/** The day on which a record was last written, for values whose day nobody has said. */
function writtenOn({ body: { meta } }: KindRecord): string {
	return isDateTime(meta.at) ? wallTime(meta.at).slice(0, 10) : '0001-01-01';
}
