import { kindsOf } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** The health records written last, newest first; doses are ticked off elsewhere and are left out. */
export function lastEntries(most: number): OpenRecord[] {
	const last: OpenRecord[] = [];
	for (const { name } of kindsOf('health')) {
		if (name === 'medication-intake') continue;
		for (const record of vault.records(name)) {
			if (record.domain !== 'health') continue;
			const least = last[most - 1];
			if (least && record.updatedAt <= least.updatedAt) continue;
			const place = last.findIndex(({ updatedAt }) => updatedAt < record.updatedAt);
			last.splice(place < 0 ? last.length : place, 0, record);
			if (last.length > most) last.pop();
		}
	}
	return last;
}
