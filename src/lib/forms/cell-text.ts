import { choiceLabel, choicesOf, displayValue, type Field, type Look } from '../kinds/index.ts';

/** What a list shows of a field: its value; for the category of a movement that is split, those of its parts. */
export function cellText(field: Field, key: string, values: Record<string, unknown>, look: Look): string {
	if (field.type !== 'choice' || !field.ofParts) return displayValue(field, values[key], look);
	return choicesOf(field, key, values)
		.filter((choice) => choice !== '')
		.map((choice) => choiceLabel(field, choice, look.locale))
		.join(', ');
}
