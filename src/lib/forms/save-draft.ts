import { bodyOf, type Kind, type RecordBody } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import type { SaveOutcome } from '../vault/save-outcome.ts';
import { vault } from '../vault/vault.svelte.ts';

/**
 * Saves checked values as a record: a new one, or the next revision of one.
 * @param id the record's; null for a new one
 * @param before the record as it is known, whose unknown fields are kept
 * @param base the revision the draft began from, or the one it is to replace after a conflict
 */
export function saveDraft(
	kind: Kind,
	values: Record<string, unknown>,
	id: string | null,
	before?: OpenRecord,
	base?: string
): Promise<SaveOutcome> {
	const body: RecordBody = bodyOf(kind, values, new Date().toISOString(), before?.body);
	return vault.save(id, kind.domain, body, base);
}
