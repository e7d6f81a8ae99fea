import { categoryLabel, kindOf, label, monthOf, movementsOf, partsOf } from '../kinds/index.ts';
import type { KindRecord, Money } from '../kinds/index.ts';
import { amountCell } from './kind-columns.ts';
import type { Cell, Column, Table } from './table.ts';
import { words } from './words.ts';

/** Amounts in minor units by month, exact however many there are. */
type Months = Map<string, bigint>;

/** What a currency came to in one category, or in all of them. */
interface Line {
	readonly category: string | null;
	readonly currency: string;
	readonly months: Months;
}

/**
 * Expenses and incomes by category and month, with a sum of each month below and of each category at the end, by currency.
 * A split expense counts under the categories of its parts; transfers are neither.
 * @param records of any kinds, of the days wanted
 */
export function byCategoryTable(records: readonly KindRecord[], locale: string): Table {
	const blocks = (['expense', 'income'] as const).map((kind) => ({ kind, lines: linesOf(records, kind) }));
	const months = [...new Set(blocks.flatMap(({ lines }) => lines.flatMap((line) => [...line.months.keys()])))].sort();
	const say = (word: keyof typeof words): string => label(words[word], locale);
	const currency = 2;
	const columns: Column[] = [
		{ header: say('type'), format: 'text', width: 12 },
		{ header: say('category'), format: 'text', width: 28 },
		{ header: say('currency'), format: 'text', width: 10 },
		...months.map((month): Column => ({ header: month, format: 'money', width: 12, currency })),
		{ header: say('total'), format: 'money', width: 14, currency }
	];
	const rows: Cell[][] = [];
	const sums: number[] = [];
	for (const { kind, lines } of blocks) {
		const type = label(kindOf(kind)?.many ?? words.type, locale);
		const row = (name: string, line: Line): Cell[] => [
			...[type, name, line.currency],
			...months.map((month) => inWhole(line.months.get(month), line.currency)),
			inWhole(sumOf([...line.months.values()]), line.currency)
		];
		const named = lines.map((line) => ({ line, name: nameOf(line.category, locale) }));
		const compare = new Intl.Collator(locale).compare;
		named.sort((a, b) => compare(a.line.currency, b.line.currency) || compare(a.name, b.name));
		rows.push(...named.map(({ line, name }) => row(name, line)));
		for (const total of totalsOf(lines)) sums.push(rows.push(row(say('total'), total)) - 1);
	}
	return { name: say('byCategory'), columns, rows, sums };
}

function linesOf(records: readonly KindRecord[], kind: 'expense' | 'income'): Line[] {
	const lines = new Map<string, Line>();
	for (const movement of movementsOf(records, kind)) {
		for (const { category, amount } of partsOf(movement)) {
			const key = `${amount.currency} ${category ?? ''}`;
			let line = lines.get(key);
			if (!line) lines.set(key, (line = { category, currency: amount.currency, months: new Map() }));
			add(line.months, monthOf(movement.date), BigInt(amount.minor));
		}
	}
	return [...lines.values()];
}

/** One line for each currency, of all categories together. */
function totalsOf(lines: readonly Line[]): Line[] {
	const totals = new Map<string, Line>();
	for (const { currency, months } of lines) {
		let total = totals.get(currency);
		if (!total) totals.set(currency, (total = { category: null, currency, months: new Map() }));
		for (const [month, minor] of months) add(total.months, month, minor);
	}
	return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function add(months: Months, month: string, minor: bigint): void {
	months.set(month, (months.get(month) ?? 0n) + minor);
}

function sumOf(minors: readonly bigint[]): bigint {
	return minors.reduce((sum, minor) => sum + minor, 0n);
}

function inWhole(minor: bigint | undefined, currency: string): Cell {
	const money: Money = { minor: Number(minor), currency };
	return minor === undefined ? null : amountCell(money);
}

function nameOf(category: string | null, locale: string): string {
	return category === null ? label(words.uncategorised, locale) : categoryLabel(category, locale);
}
