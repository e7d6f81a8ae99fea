import { isCurrency } from '../kinds/currency.ts';
import { describeColumns, typeOf } from './column-shape.ts';
import { tableOf } from './guess-columns.ts';
import type { Columns, Mapping } from './mapping.ts';
import { noColumns } from './mapping.ts';
import { dateOrders } from './read-date.ts';
import type { Statement } from './read-statement.ts';
import type { MappingGuess } from './settle-mapping.ts';
import { settleMapping } from './settle-mapping.ts';
import { wordsOf } from './words.ts';

/**
 * What tells one bank's files from another's: the words of the header in their order, or, where there is none, what
 * the columns hold. The same bank's next statement has the same shape; its mapping is remembered under it.
 */
export function shapeOf(statement: Statement): string {
	const { header, body, width } = statement;
	if (header !== null) return header.cells.map(wordsOf).join('|');
	const types = describeColumns(body, width).map((shape) => (typeOf(shape) === 'empty' ? '-' : typeOf(shape)));
	return `(${types.join('|')})`;
}

/**
 * A guess with what was remembered put in its place. Columns and answers are taken over; what this file itself
 * decides beyond doubt, such as the order of its dates, goes before memory.
 * @param kept JSON that was kept under the statement's shape; what is not a mapping of its table is passed over
 * @param currency ISO 4217 code of the account
 */
export function recallMapping(
	statement: Statement,
	guess: MappingGuess,
	kept: unknown,
	currency: string
): MappingGuess {
	const mapping = readMapping(kept, statement.width);
	if (mapping === null) return guess;
	const settled = settleMapping(statement, tableOf(statement), mapping.columns, currency);
	const open = new Set(settled.questions);
	return {
		mapping: {
			...mapping,
			dateOrder: open.has('date-order') ? mapping.dateOrder : settled.mapping.dateOrder,
			decimal: open.has('decimal') ? mapping.decimal : settled.mapping.decimal,
			debitsNegative: mapping.columns.amount === null ? mapping.debitsNegative : settled.mapping.debitsNegative
		},
		questions: [],
		dateSample: null
	};
}

/** Reads kept JSON as a mapping of a table; null where it is none. */
export function readMapping(kept: unknown, width: number): Mapping | null {
	if (!isObject(kept) || !isObject(kept.columns)) return null;
	const columns: Columns = { ...noColumns, notes: [] };
	const isColumn = (value: unknown): value is number =>
		Number.isInteger(value) && Number(value) >= 0 && Number(value) < width;
	for (const key of Object.keys(noColumns) as (keyof Columns)[]) {
		const value = kept.columns[key] ?? null;
		if (key === 'notes') columns.notes = Array.isArray(value) ? value.filter(isColumn) : [];
		else if (isColumn(value)) columns[key] = value;
		else if (value !== null) return null;
	}
	const { decimal, unsigned, currency } = kept;
	const dateOrder = dateOrders.find((order) => order === kept.dateOrder);
	if (dateOrder === undefined || (decimal !== '.' && decimal !== ',') || !isCurrency(currency)) return null;
	if (unsigned !== 'in' && unsigned !== 'out') return null;
	const [debitsNegative, feesNegative] = [kept.debitsNegative === true, kept.feesNegative === true];
	return { columns, dateOrder, decimal, currency, unsigned, debitsNegative, feesNegative };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
