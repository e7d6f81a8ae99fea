import { momentText } from '$lib/forms/moment-text.ts';
import { daysLeft } from '$lib/vault/bin-days.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { m } from '$messages';

/** When a record was deleted, and by whom where that is known. */
export function whenDeleted({ author, writtenAt, waiting }: OpenRecord, locale: string): string {
	const time = momentText(writtenAt, locale);
	if (waiting || author === vault.owner) return m.bin_deleted_by_you({ time });
	return author === null ? m.bin_deleted_at({ time }) : m.bin_deleted_by_other({ time });
}

/** How long a deleted record can still be taken out. */
export function whenGone({ writtenAt }: OpenRecord, now: Date): string {
	const count = daysLeft(writtenAt, now);
	return count === 0 ? m.bin_due() : m.bin_days_left({ count });
}
