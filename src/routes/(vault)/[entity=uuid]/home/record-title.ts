import { kindOf, label, titleOf, type RecordBody } from '$lib/kinds/index.ts';
import { nameOf } from '$lib/forms/record-names.ts';
import { locale } from '$lib/i18n/locale.svelte.ts';

/** What a body is called among records of every kind: "Expense: Kiosk"; the kind's own name where it is not known here. */
export function recordTitle({ kind: name, values }: RecordBody): string {
	const kind = kindOf(name);
	if (!kind) return name;
	const title = titleOf(kind, values, { locale: locale.regional, nameOf: (id) => nameOf(id, locale.regional) });
	return `${label(kind.one, locale.current)}: ${title}`;
}
