import {
	decimalOf,
	displayValue,
	isDate,
	isDateTime,
	isMeasure,
	isMoney,
	isWallTime,
	label,
	sheetColumns,
	unitName,
	wallTime
} from '../kinds/index.ts';
import type { Field, Kind, Look, NumberField } from '../kinds/index.ts';
import { serialOf, serialOfMoment } from './serial.ts';
import type { Cell, Column } from './table.ts';
import { words } from './words.ts';

/** A column of a kind's sheet, and what of a record stands in it. */
export interface KindColumn extends Column {
	readonly cell: (values: Readonly<Record<string, unknown>>) => Cell;
}

/** Columns of texts by the type of their field; what is not here is short. */
const WIDTHS: Partial<Record<Field['type'], number>> = {
	'long-text': 48,
	rows: 32,
	references: 32,
	schedule: 28,
	text: 32,
	reference: 28
};

/** Those whose texts go on below. */
const WRAPS: ReadonlySet<Field['type']> = new Set(['long-text', 'rows', 'references', 'text', 'reference']);

/**
 * The columns of a kind's sheet, as its file names them: an amount has its currency beside it, a number its unit where it
 * may have several, and what it has two of side by side.
 */
export function kindColumns(kind: Kind, look: Look): KindColumn[] {
	const columns: KindColumn[] = [];
	for (const { key, field, label: header } of sheetColumns(kind, look.locale)) {
		if (field.type === 'money') columns.push(...moneyColumns(key, header, columns.length, look.locale));
		else if (field.type === 'number') columns.push(...numberColumns(key, header, field, look.locale));
		else columns.push(plainColumn(key, header, field, look));
	}
	return columns;
}

/** An amount as the number nearest to it. */
export function amountCell(value: unknown): number | null {
	return isMoney(value) ? Number(decimalOf(value)) : null;
}

function moneyColumns(key: string, header: string, at: number, locale: string): KindColumn[] {
	const currency = label(words.currency, locale);
	return [
		{ header, format: 'money', width: 14, currency: at + 1, cell: (values) => amountCell(values[key]) },
		{
			...{ header: `${header}: ${currency}`, format: 'text', width: 10 },
			cell: (values) => (isMoney(values[key]) ? values[key].currency : null)
		}
	];
}

function numberColumns(key: string, header: string, field: NumberField, locale: string): KindColumn[] {
	const measure = (values: Readonly<Record<string, unknown>>) => (isMeasure(values[key]) ? values[key] : null);
	const cases = Object.values(field.by?.cases ?? {});
	const [only, ...others] = new Set([field, ...cases].flatMap(({ units }) => units));
	const fixed = others.length === 0 ? (only ?? '') : null;
	const unit = fixed === null || fixed === '' ? '' : ` (${unitName(fixed, locale)})`;
	const columns: KindColumn[] = [
		{ header: header + unit, format: 'number', width: 12, cell: (values) => measure(values)?.value ?? null }
	];
	if (cases.some(({ pair }) => pair)) {
		const second = `${header}: ${label(words.second, locale)}`;
		columns.push({ header: second, format: 'number', width: 12, cell: (values) => measure(values)?.second ?? null });
	}
	if (fixed === null) {
		columns.push({
			...{ header: `${header}: ${label(words.unit, locale)}`, format: 'text', width: 16 },
			cell: (values) => textCell(unitName(measure(values)?.unit ?? '', locale))
		});
	}
	return columns;
}

function plainColumn(
	key: string,
	header: string,
	field: Exclude<Field, { type: 'money' | 'number' }>,
	look: Look
): KindColumn {
	const shown = (value: unknown): Cell => textCell(displayValue(field, value, look));
	if (field.type === 'date') {
		const format = field.wholeMonth ? 'month' : 'date';
		return {
			header,
			format,
			width: 12,
			cell: ({ [key]: value }) => (isDate(value) ? (serialOf(value) ?? value) : null)
		};
	}
	if (field.type === 'date-time')
		return { header, format: 'moment', width: 17, cell: ({ [key]: value }) => momentCell(value) ?? shown(value) };
	const blank = field.type === 'choice' && field.blank ? label(field.blank, look.locale) : null;
	return {
		...{ header, format: 'text', width: WIDTHS[field.type] ?? 20 },
		...(WRAPS.has(field.type) ? { wraps: true } : {}),
		cell: ({ [key]: value }) => shown(value) ?? blank
	};
}

function momentCell(value: unknown): number | null {
	if (isWallTime(value)) return serialOfMoment(value);
	return isDateTime(value) ? serialOfMoment(wallTime(value)) : null;
}

function textCell(text: string): string | null {
	return text === '' ? null : text;
}
