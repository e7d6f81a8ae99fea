import { kindsOf, refersTo, type Kind } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import { vault } from '../vault/vault.svelte.ts';

/** A kind's field that can refer to records of another kind, and the records in which it refers to one. */
export interface Referrers {
	readonly kind: Kind;
	readonly key: string;
	readonly records: readonly OpenRecord[];
}

/** What refers to a record, by kind and field, in the order of menus; those with no such record too. */
export function referrersOf(kind: Kind, id: string): Referrers[] {
	return kindsOf(kind.domain).flatMap((other) =>
		Object.entries(other.fields).flatMap(([key, field]) => {
			if (!refersTo(field).includes(kind.name)) return [];
			const records = vault.records(other.name).filter(({ body }) => {
				const value = body.values[key];
				return value === id || (Array.isArray(value) && value.includes(id));
			});
			return [{ kind: other, key, records }];
		})
	);
}
