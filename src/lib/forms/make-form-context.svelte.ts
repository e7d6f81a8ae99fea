import { may } from '../access/permissions.ts';
import { currencies, isMeasure, kindIn, kindOf, usualUnit, valuesOf } from '../kinds/index.ts';
import type { Kind, NumberRange } from '../kinds/index.ts';
import { vault } from '../vault/vault.svelte.ts';
import { candidates } from './candidates.ts';
import type { Draft } from './draft.ts';
import type { FormContext } from './form-context.ts';
import type { RecordForm } from './record-form.svelte.ts';
import { nameOf, nameOfRecord } from './record-names.ts';

/**
 * What a form's parts may ask: the form itself, and the opened vault around it. Made while the form is set up.
 * @param inPlace it stands within another form: from there nothing further is made in place
 */
export function makeFormContext(form: RecordForm, entity: string, kind: Kind, inPlace = false): FormContext {
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
		unitFor: (key, range) => unitInUse(kind, key, range, form.draft) ?? usualUnit(range.units, locale),
		addable: (names) =>
			inPlace ? [] : names.flatMap((name) => kindIn(kind.domain, name) ?? kindOf(name) ?? []).filter(mayAdd),
		entity,
		domain: kind.domain
	};
}

function mayAdd({ domain }: Kind): boolean {
	const { entity } = vault;
	return entity !== null && entity.domains.includes(domain) && may(entity.role, 'records.create');
}

/** The unit such a number had last: in a record that gave the same answer to what its range depends on. */
function unitInUse(kind: Kind, key: string, { units }: NumberRange, draft: Draft): string | undefined {
	const field = kind.fields[key];
	const by = field?.type === 'number' ? field.by?.field : undefined;
	const unitIn = (values: Record<string, unknown>): string | undefined => {
		const value = values[key];
		const alike = by === undefined || values[by] === draft[by];
		return alike && isMeasure(value) && units.includes(value.unit) ? value.unit : undefined;
	};
	const last = vault.records(kind.name).findLast(({ body }) => unitIn(body.values) !== undefined);
	return last && unitIn(last.body.values);
}
