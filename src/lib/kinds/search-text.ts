import type { Field } from './field.ts';
import { displayValue, type Look } from './display-value.ts';
import { fold } from './fold.ts';
import { decimalOf, isMoney } from './money.ts';
import type { RecordBody } from './record-body.ts';
import { kindOf } from './registry.ts';

const nobody = (): undefined => undefined;

/**
 * The folded text a record is found by: the fields its kind names, in both languages, amounts with a point and with a
 * comma, dates as `2024-03-05` and as written out. Highly sensitive fields never get in.
 * @param nameOf the title of a referenced record, so that an expense is found by its account
 */
export function searchText(body: RecordBody, nameOf: Look['nameOf'] = nobody): string {
	const kind = kindOf(body.kind);
	if (kind === undefined) return '';
	const texts = new Set<string>();
	for (const key of kind.search) {
		const field = kind.fields[key];
		const value = body.values[key];
		if (field === undefined || field.tier === 'highly sensitive' || value === undefined) continue;
		for (const text of textsOf(field, value, nameOf)) texts.add(fold(text));
	}
	return [...texts].filter((text) => text !== '').join('\n');
}

/** Whether every word of a query is somewhere in a record's text. */
export function matches(text: string, query: string): boolean {
	return fold(query)
		.split(' ')
		.every((word) => text.includes(word));
}

function textsOf(field: Field, value: unknown, nameOf: Look['nameOf']): string[] {
	if (isMoney(value)) {
		const decimal = decimalOf(value);
		return [`${decimal} ${value.currency}`, decimal.replace('.', ',')];
	}
	const shown = field.type === 'date' && typeof value === 'string' ? [value] : [];
	const locales = field.type === 'text' || field.type === 'long-text' || field.type === 'tags' ? ['en'] : ['en', 'es'];
	return [...shown, ...locales.map((locale) => displayValue(field, value, { locale, nameOf }))];
}
