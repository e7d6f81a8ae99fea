import {
	displayValue,
	formatAmount,
	isMeasure,
	isMoney,
	type Field,
	type Kind,
	type SimpleField
} from '../kinds/index.ts';

/** An amount or a measure as it was typed, with its currency or unit beside it. */
export interface TypedNumber {
	text: string;
	of: string;
	/** The second number of a measure that has two, such as blood pressure. */
	second?: string;
}

/** Under this key a row holds, as JSON, what it has besides the fields known here: it survives the save. */
export const UNKNOWN = '';

/** What a form holds for a field: exactly what was typed, right or wrong. */
export type DraftValue = string | string[] | TypedNumber | Draft[];
export interface Draft {
	[key: string]: DraftValue;
}

/** A date of which only some parts are filled in; no value of a record is ever this. */
export const PARTIAL_DATE = 'partial';

/**
 * What a form shows for values: amounts and numbers as the locale writes them, choices of one's own words by their label.
 * @param currency for amounts that are blank
 */
export function draftOf(kind: Kind, values: Record<string, unknown>, locale: string, currency: string): Draft {
	return partsOf(kind.fields, values, locale, currency);
}

/** A new, blank group of a field of rows. */
export function blankRow(of: Readonly<Record<string, SimpleField>>, locale: string, currency: string): Draft {
	return partsOf(of, {}, locale, currency);
}

function partsOf(
	fields: Readonly<Record<string, Field>>,
	values: Record<string, unknown>,
	locale: string,
	currency: string
): Draft {
	return Object.fromEntries(
		Object.entries(fields).map(([key, field]) => [key, typed(field, values[key], locale, currency)])
	);
}

function typed(field: Field, value: unknown, locale: string, currency: string): DraftValue {
	switch (field.type) {
		case 'money':
			return isMoney(value) ? { text: formatAmount(value, locale), of: value.currency } : { text: '', of: currency };
		case 'number':
			return typedNumber(value, locale, field.units[0] ?? '');
		case 'tags':
		case 'times':
		case 'references':
		case 'files':
			return Array.isArray(value) ? value.map(String) : [];
		case 'rows':
			return Array.isArray(value)
				? value.map((row: Record<string, unknown> | null) => rowOf(field.of, row ?? {}, locale, currency))
				: [];
		case 'choice':
			return field.open ? displayValue(field, value, { locale, nameOf: () => undefined }) : text(value);
		case 'date-time':
			return field.floating ? text(value) : localMoment(text(value));
		default:
			return text(value);
	}
}

function rowOf(
	of: Readonly<Record<string, SimpleField>>,
	row: Record<string, unknown>,
	locale: string,
	currency: string
): Draft {
	const unknown = Object.entries(row).filter(([key]) => !Object.hasOwn(of, key));
	const draft = partsOf(of, row, locale, currency);
	if (unknown.length > 0) draft[UNKNOWN] = JSON.stringify(Object.fromEntries(unknown));
	return draft;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function typedNumber(value: unknown, locale: string, unit: string): TypedNumber {
	if (!isMeasure(value)) return { text: '', of: unit };
	const format = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 20 });
	const second = value.second === undefined ? {} : { second: format.format(value.second) };
	return { text: format.format(value.value), of: value.unit, ...second };
}

/** `YYYY-MM-DDTHH:MM` on the device's clock, as a browser's own date and time input wants it. */
function localMoment(value: string): string {
	const moment = new Date(value);
	if (Number.isNaN(moment.getTime())) return '';
	return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
