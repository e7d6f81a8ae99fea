import type { OpenRecord } from '../vault/open-record.ts';
import { vault } from '../vault/vault.svelte.ts';

/**
 * The records of these kinds that a reference can point to: those not put away.
 * @param chosen the id it points to now, which stays one of them
 */
export function candidates(kinds: readonly string[], chosen?: string): OpenRecord[] {
	return kinds
		.flatMap((kind) => vault.records(kind))
		.filter(({ id, body }) => id === chosen || body.values.archived !== 'yes');
}
