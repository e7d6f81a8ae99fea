import { m } from '$messages';
import { label, lacksChoice, type Kind, type RecordBody } from '../kinds/index.ts';
import { isUndecided } from '../vault/undecided.ts';
import { passedDays } from './passed-days.ts';

/**
 * What asks for attention in a record: a choice of it is blank, such as `Uncategorised`, a day of it has passed, such as
 * `Expired`, or two devices changed the same field. Empty when nothing does.
 */
export function attentionWords(kind: Kind, body: RecordBody, locale: string): string {
	const blank = Object.entries(kind.fields).flatMap(([key, field]) =>
		field.type === 'choice' && field.blank !== undefined && lacksChoice(field, key, body.values)
			? [label(field.blank, locale)]
			: []
	);
	const passed = passedDays(kind, body, locale).values();
	return [...blank, ...passed, ...(isUndecided(body) ? [m.list_undecided()] : [])].join(', ');
}
