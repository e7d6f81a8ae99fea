import type { Field } from './field.ts';
import { KindsError } from './kinds-error.ts';
import type { Label } from './label.ts';
import { keysOf, type Reminder } from './reminders/reminder.ts';

export type Domain = 'health' | 'finances' | 'administration' | 'chat';

/** What a kind of record is: everything that checks, draws, lists, searches and exports it. */
export interface Kind {
	/** Kebab-case; stands in bodies and in addresses, so it never changes. */
	readonly name: string;
	readonly domain: Domain;
	/** Records of it may be in any domain that has kinds of its own; `domain` is the one meant where none is said. */
	readonly anywhere?: true;
	/** Grows by one with every step in `upgrades`. */
	readonly version: number;
	/** Name of a Lucide icon. */
	readonly icon: string;
	readonly one: Label;
	readonly many: Label;
	/** Bank statements bring records of this kind. */
	readonly imported?: true;
	/** A new record gets a secret number in `meta.seed`, from which the ids of others are made (see intake-id.ts). */
	readonly seeded?: true;
	/** What an empty list says: what this is for and what to do first. */
	readonly empty: Label;
	/** In the order a form shows them. */
	readonly fields: Readonly<Record<string, Field>>;
	/** What names a record, best first; several keys together are joined by an arrow. */
	readonly title: readonly (string | readonly string[])[];
	readonly list: {
		readonly columns: readonly string[];
		readonly sort: { readonly by: string; readonly descending?: true };
		readonly filters: readonly string[];
		/** The money field whose sum, by currency, stands over the list. */
		readonly sum?: string;
		/** A card on the phone: small print under the title, and what stands at its end. */
		readonly card: { readonly detail: readonly string[]; readonly end?: string };
	};
	readonly search: readonly string[];
	/** Its sheet in an export; `dated` names the day by which a range of days takes its records, where that is how they are exported. */
	readonly sheet: { readonly name: Label; readonly columns: readonly string[]; readonly dated?: string };
	/** Its days that Home tells of before they come. */
	readonly reminders?: readonly Reminder[];
	/** Step n turns the values of version n into those of n + 1; it must leave alone what it does not know. */
	readonly upgrades?: Readonly<Record<number, (values: Record<string, unknown>) => Record<string, unknown>>>;
}

/**
 * A kind as written in its file, with every key it names checked against its fields.
 * @throws KindsError `kinds/definition` when a list, title, search, sheet or reminder names a field that is not there, or an
 * upgrade step is missing: a mistake in the file, found when it is first loaded
 */
export function defineKind<const K extends Kind>(kind: K): K {
	const named = [
		...kind.title.flat(),
		...kind.list.columns,
		kind.list.sort.by,
		...kind.list.filters,
		...kind.list.card.detail,
		...(kind.list.card.end === undefined ? [] : [kind.list.card.end]),
		...(kind.list.sum === undefined ? [] : [kind.list.sum]),
		...kind.search,
		...kind.sheet.columns,
		...(kind.sheet.dated === undefined ? [] : [kind.sheet.dated]),
		...(kind.reminders ?? []).flatMap(keysOf)
	];
	for (const key of named) {
		if (!Object.hasOwn(kind.fields, key)) throw new KindsError('kinds/definition', `${kind.name} has no ${key}`);
	}
	for (let step = 1; step < kind.version; step += 1) {
		if (kind.upgrades?.[step] === undefined) {
			throw new KindsError('kinds/definition', `${kind.name} lacks the upgrade from version ${step}`);
		}
	}
	return kind;
}
