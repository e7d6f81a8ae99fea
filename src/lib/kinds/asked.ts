import type { Field, NumberField, NumberRange } from './field.ts';

/** Whether a field is there at all, by the answers to the others. */
export function isAsked(field: Field, values: Readonly<Record<string, unknown>>): boolean {
	if (field.when === undefined) return true;
	const answer = values[field.when.field];
	return typeof answer === 'string' && field.when.is.includes(answer);
}

/** Which numbers a field takes, by the answer it depends on; null where that has none known here. */
export function rangeOf(field: NumberField, values: Readonly<Record<string, unknown>>): NumberRange | null {
	if (field.by === undefined) return field;
	const answer = values[field.by.field];
	return (typeof answer === 'string' ? field.by.cases[answer] : undefined) ?? null;
}
