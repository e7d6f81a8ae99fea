import { currencies, valuesOf, type Kind } from '../kinds/index.ts';
import { vault } from '../vault/vault.svelte.ts';
import { candidates } from './candidates.ts';
import type { FormContext } from './form-context.ts';
import { newPath } from './paths.ts';
import type { RecordForm } from './record-form.svelte.ts';
import { nameOf, nameOfRecord } from './record-names.ts';

/** What a form's parts may ask: the form itself, and the opened vault around it. Made while the form is set up. */
export function makeFormContext(form: RecordForm, entity: string, kind: Kind): FormContext {
	const { locale } = form;
	const offered = $derived.by(() => {
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made and dropped within the derivation
		const inUse = new Set(vault.records('account').map(({ body }) => String(body.values.currency)));
		return [...currencies.filter((code) => inUse.has(code)), ...currencies.filter((code) => !inUse.has(code))];
	});
	return {
		locale,
		get draft() {
			return form.draft;
		},
		get currencies() {
			return offered;
		},
		errorOf: (path) => form.errorOf(path),
		edited: (path) => form.edited(path),
		nameOf: (id) => nameOf(id, locale),
		candidates: (kinds, chosen) =>
			candidates(kinds, chosen)
				.map((record) => ({ id: record.id, title: nameOfRecord(record, locale) ?? '' }))
				.sort((a, b) => a.title.localeCompare(b.title, locale)),
		wordsOf: (key) =>
			valuesOf(vault.records(kind.name), kind, key)
				.map(({ value }) => value)
				.filter((value) => value !== ''),
		currencyFor: ({ currencyOf }) => form.currencyFor(currencyOf),
		newPathOf: (other) => newPath(entity, other)
	};
}
