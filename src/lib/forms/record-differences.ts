import { m } from '$messages';
import { displayValue, formFields } from '../kinds/index.ts';
import type { Kind, Look, RecordBody } from '../kinds/index.ts';
import { sameJson } from '../sync/same-json.ts';

/** One thing in which a record's body differs from the one that followed it. */
export interface Difference {
	key: string;
	/** The field's name; empty where it is about the record as a whole. */
	label: string;
	text: string;
}

/**
 * What changed from one body of a record to the next, field by field in plain words; one sentence at least.
 * @param look the locale of the words and values, and what referenced records are called
 */
export function differencesOf(kind: Kind, before: RecordBody, after: RecordBody, look: Look): Difference[] {
	const found: Difference[] = [];
	const [gone, goes] = [before.meta.deleted === true, after.meta.deleted === true];
	if (!gone && goes) found.push({ key: 'meta/deleted', label: '', text: m.versions_binned() });
	if (gone && !goes) found.push({ key: 'meta/deleted', label: '', text: m.versions_taken_out() });
	for (const { key, field, label } of formFields(kind, look.locale)) {
		const [was, is] = [before.values[key], after.values[key]];
		if (sameJson(was, is)) continue;
		const text = stepText(displayValue(field, was, look), displayValue(field, is, look));
		found.push({ key, label, text });
	}
	if (differBeyond(kind, before, after)) found.push({ key: 'beyond', label: '', text: m.versions_beyond() });
	return found.length > 0 ? found : [{ key: 'none', label: '', text: m.versions_same() }];
}

function stepText(before: string, after: string): string {
	// Both are something, and read alike: a reference to what is no longer here, a detail the words leave out.
	if (before === after) return m.versions_changed();
	if (before === '') return m.versions_added({ after });
	return after === '' ? m.versions_removed({ before }) : m.versions_step({ before, after });
}

/** Whether values differ that this version of the kind has no field for, or what two devices left undecided. */
function differBeyond(kind: Kind, before: RecordBody, after: RecordBody): boolean {
	const unknown = ({ values }: RecordBody) =>
		Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(kind.fields, key)));
	return (
		!sameJson(unknown(before), unknown(after)) || !sameJson(before.meta.conflicts ?? null, after.meta.conflicts ?? null)
	);
}
