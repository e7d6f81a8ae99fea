import { balanceFit } from './check-balance.ts';
import type { Table } from './guess-columns.ts';
import { cellsOf } from './guess-columns.ts';
import type { Mapping } from './mapping.ts';
import { directionOf } from './movement-words.ts';
import { isNegative, readMinor, suffixDirection } from './read-amount.ts';

/** What amounts without a sign are, and whether the file says so. */
export interface Direction {
	unsigned: Mapping['unsigned'];
	/** False where nothing in the file decides and the person must say. */
	sure: boolean;
}

/**
 * Whether amounts without a sign are money in or money out: a column that says the direction, CR beside some of
 * them, the balances, or else the signs decide.
 */
export function settleDirection(table: Table, mapping: Mapping): Direction {
	const { amount, balance, sign } = mapping.columns;
	if (amount === null || sign !== null) return { unsigned: 'in', sure: true };
	const suffixes = new Set(cellsOf(table, amount).map(suffixDirection));
	if (suffixes.has('in') || suffixes.has('out')) return { unsigned: suffixes.has('out') ? 'in' : 'out', sure: true };
	const values = valuesOf(table, amount, mapping);
	const byBalance = balance === null ? null : directionByBalance(values, valuesOf(table, balance, mapping));
	if (byBalance !== null) return { unsigned: byBalance, sure: true };
	// Accounts have money going out. Where less does than comes in, the file may count from the card's side.
	const negative = values.filter((value) => value !== null && value < 0).length;
	const positive = values.filter((value) => value !== null && value > 0).length;
	return { unsigned: 'in', sure: negative >= positive * 0.8 };
}

/**
 * Whether the amounts that a word beside them calls money out have a minus besides. Where most have none, a minus
 * turns the word round: money that came back.
 * @param sign the column of such words; CR, DB and their like after the amount count too
 */
export function outsNegative(table: Table, amount: number, sign: number | null): boolean {
	const words = sign === null ? [] : cellsOf(table, sign);
	const outs = cellsOf(table, amount).filter(
		(cell, row) => cell !== '' && (suffixDirection(cell) ?? directionOf(words[row] ?? '')) === 'out'
	);
	const negative = outs.filter(isNegative).length;
	return negative > 0 && negative * 2 >= outs.length;
}

/** Whether a charge beside the amount counts: not where the balances show that the amount has it already. */
export function feeCounts(table: Table, mapping: Mapping): boolean {
	const { amount, fee, balance } = mapping.columns;
	if (fee === null || amount === null || balance === null) return true;
	const fees = valuesOf(table, fee, mapping);
	const values = valuesOf(table, amount, mapping);
	const balances = valuesOf(table, balance, mapping);
	const turn = mapping.feesNegative ? 1 : -1;
	const whole = values.map((value, row) => (value === null ? null : value + turn * (fees[row] ?? 0)));
	return balanceFit(values, balances).share <= balanceFit(whole, balances).share;
}

function directionByBalance(
	values: readonly (number | null)[],
	balances: readonly (number | null)[]
): Mapping['unsigned'] | null {
	const straight = balanceFit(values, balances);
	const turned = balanceFit(
		values.map((value) => (value === null ? null : -value)),
		balances
	);
	if (straight.share >= 0.6 && straight.share > turned.share) return 'in';
	// Against what is usual a row or two that happen to fit are not enough.
	return turned.share >= 0.8 && turned.pairs >= 3 && straight.share < 0.2 ? 'out' : null;
}

function valuesOf(table: Table, column: number, mapping: Mapping): (number | null)[] {
	return cellsOf(table, column).map((cell) => readMinor(cell, mapping));
}
