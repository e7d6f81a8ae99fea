import { kinds, remindersOf, type Due, type Kind } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/**
 * What comes due in the open entity, soonest first.
 * @param on today
 * @param of only of these kinds
 */
export function dueHere(on: string, of: (kind: Kind) => boolean = () => true): Due<OpenRecord>[] {
	const telling = kinds.filter((kind) => kind.reminders && of(kind));
	return remindersOf(
		telling.flatMap(({ name }) => vault.records(name)),
		on
	);
}
