import { label, lacksChoice, type Kind } from '../kinds/index.ts';

/** What asks for attention in a record because a choice of it is blank, such as `Uncategorised`; empty when nothing does. */
export function blankWords(kind: Kind, values: Record<string, unknown>, locale: string): string {
	return Object.entries(kind.fields)
		.flatMap(([key, field]) =>
			field.type === 'choice' && field.blank !== undefined && lacksChoice(field, key, values)
				? [label(field.blank, locale)]
				: []
		)
		.join(', ');
}
