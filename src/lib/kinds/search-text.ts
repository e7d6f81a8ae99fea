import type { Field } from './field.ts';
import type { Kind } from './define-kind.ts';
import { displayValue, type Look } from './display-value.ts';
import { fold } from './fold.ts';
import { decimalOf, isMoney } from './money.ts';

/** So many values' texts are kept ready for the next record that says the same. */
const READY = 4_000;

/** Values of a record, by the keys of its kind's fields. */
type Values = Readonly<Record<string, unknown>>;

/**
 * Makes the folded texts that records of a kind are found by: the fields the kind names, in both languages, amounts with
 * a point and with a comma, dates as `2024-03-05` and as written out. Highly sensitive fields never get in.
 * @param nameOf the title of a referenced record, so that an expense is found by its account; it must not change
 */
export function textMaker(kind: Kind, nameOf: Look['nameOf']): (values: Values) => string {
	const fields = searchedFields(kind);
	// Records share their days, categories and accounts; a note is one record's own.
	const ready = new Map<string, readonly string[]>();
	const textsFor = (key: string, field: Field, value: unknown): readonly string[] => {
		if (typeof value !== 'string' || field.type === 'long-text') return textsOf(field, value, nameOf);
		const place = `${key} ${value}`;
		const known = ready.get(place);
		if (known) return known;
		if (ready.size >= READY) ready.clear();
		const texts = textsOf(field, value, nameOf);
		ready.set(place, texts);
		return texts;
	};
	return (values) => {
		const texts = new Set<string>();
		for (const [key, field] of fields) {
			const value = values[key];
			if (value !== undefined) for (const text of textsFor(key, field, value)) texts.add(text);
		}
		return [...texts].filter((text) => text !== '').join('\n');
	};
}

/** Picks the values that a record's text is made of, and no others. */
export function valuePicker(kind: Kind): (values: Values) => Record<string, unknown> {
	const keys = searchedFields(kind).map(([key]) => key);
	return (values) => Object.fromEntries(keys.map((key) => [key, values[key]]));
}

function searchedFields(kind: Kind): [string, Field][] {
	return kind.search.flatMap((key): [string, Field][] => {
		const field = kind.fields[key];
		return field === undefined || field.tier === 'highly sensitive' ? [] : [[key, field]];
	});
}

function textsOf(field: Field, value: unknown, nameOf: Look['nameOf']): string[] {
	if (isMoney(value)) {
		const decimal = decimalOf(value);
		return [`${decimal} ${value.currency}`, decimal.replace('.', ',')].map(fold);
	}
	const shown = field.type === 'date' && typeof value === 'string' ? [value] : [];
	const locales = field.type === 'text' || field.type === 'long-text' || field.type === 'tags' ? ['en'] : ['en', 'es'];
	return [...shown, ...locales.map((locale) => displayValue(field, value, { locale, nameOf }))].map(fold);
}
