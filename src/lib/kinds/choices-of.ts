import { isBlank } from './check-value.ts';
import type { Field } from './field.ts';
import { categoriesOf } from './finances/spending.ts';

/** Stands for "nothing chosen" in a filter: records whose field is blank. */
export const BLANK = '';

/**
 * What a record says in a field, as a filter knows it: the text, or `BLANK`; the categories of its parts for a movement
 * that is split. Nothing for a value that is no text.
 */
export function choicesOf(field: Field | undefined, key: string, values: Record<string, unknown>): string[] {
	if (field?.type === 'choice' && field.ofParts) return categoriesOf(values).map((category) => category ?? BLANK);
	const value = values[key];
	if (isBlank(value)) return [BLANK];
	if (field?.type === 'references' && Array.isArray(value)) return value.map(String);
	return typeof value === 'string' ? [value] : [];
}

/** Whether a choice asks for attention because it, or that of a part that stands for it, is blank. */
export function lacksChoice(field: Field, key: string, values: Record<string, unknown>): boolean {
	return field.type === 'choice' && field.blank !== undefined && choicesOf(field, key, values).includes(BLANK);
}
