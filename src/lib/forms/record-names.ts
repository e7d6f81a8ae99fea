import { kindIn, kindOf, refersTo, titleOf, type Kind, type KindRecord } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import { vault } from '../vault/vault.svelte.ts';

/**
 * What a record is called, for references to it: its own title, whose references are not followed further. Undefined
 * for one that is not there, is in the bin or is of a kind not known here.
 */
export function nameOf(id: string, locale: string): string | undefined {
	const record = vault.record(id);
	if (record === undefined || record.state === 'bin' || record.damaged) return undefined;
	return nameOfRecord(record, locale);
}

/** The same for one in the bin too, where its name is all that is left of it. */
export function nameEvenInBin(id: string, locale: string): string | undefined {
	const record = vault.record(id);
	return record && nameOfRecord(record, locale);
}

/** The title of a record that is at hand. */
export function nameOfRecord({ body }: KindRecord, locale: string): string | undefined {
	const kind = kindOf(body.kind);
	return kind && titleOf(kind, body.values, { locale, nameOf: () => undefined });
}

/** The kind of a record as its domain has it; undefined for one not known here. */
export function kindOfRecord({ body, domain }: OpenRecord): Kind | undefined {
	return kindIn(domain, body.kind) ?? kindOf(body.kind);
}

/** Titles of records, by id. */
export type Names = ReadonlyMap<string, string>;

/**
 * What the records that a kind refers to are called.
 * @param before what they were called; given back where they still are, so that nothing is done anew for it
 */
export function referredNames(kind: Kind, locale: string, before: Names): Names {
	const kinds = Object.values(kind.fields).flatMap(refersTo);
	const records = [...new Set(kinds)].flatMap((each) => vault.records(each));
	const names = new Map(records.map((record) => [record.id, nameOfRecord(record, locale) ?? '']));
	const same = names.size === before.size && [...names].every(([id, name]) => before.get(id) === name);
	return same ? before : names;
}
