import { m } from '$messages';
import { label, lacksChoice, type Kind, type RecordBody } from '../kinds/index.ts';
import { isUndecided } from '../vault/undecided.ts';

/**
 * What asks for attention in a record: a choice of it is blank, such as `Uncategorised`, or two devices changed the same
 * field. Empty when nothing does.
 */
export function attentionWords(kind: Kind, body: RecordBody, locale: string): string {
	const blank = Object.entries(kind.fields).flatMap(([key, field]) =>
		field.type === 'choice' && field.blank !== undefined && lacksChoice(field, key, body.values)
			? [label(field.blank, locale)]
			: []
	);
	return [...blank, ...(isUndecided(body) ? [m.list_undecided()] : [])].join(', ');
}
