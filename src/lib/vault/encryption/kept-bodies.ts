import type { Domain } from '../../api/ids.ts';
import type { Record as RecordRow } from '../../api/record.ts';
import type { StoredRecord } from '../../device/record-store.ts';
import { sameJson } from '../../sync/same-json.ts';
import type { VaultState } from '../vault-state.svelte.ts';

/** The records of a domain as this device has them, by id. */
export type KeptBodies = ReadonlyMap<string, StoredRecord>;

/** What this device keeps of a domain, without what waits. Throws DeviceError. */
export async function keptBodies({ store }: VaultState, entity: string, domain: Domain): Promise<KeptBodies> {
	const kept = new Map<string, StoredRecord>();
	await (
		await store
	)?.read(entity, 0, (rows) => {
		for (const row of rows) if (row.domain === domain) kept.set(row.id, row);
	});
	return kept;
}

/**
 * Whether a body without a user layer, which is to be signed, says what this device knows of that revision. One that it
 * does not know is the server's word: nobody signed it before.
 */
export function saysWhatIsKept(kept: KeptBodies, { id, rev, plain }: RecordRow): boolean {
	const known = kept.get(id);
	if (!plain || known?.rev !== rev || !known.plain) return true;
	return sameJson(known.plain, plain);
}

/** Whether this device has exactly that body of that revision. */
export function isKept(kept: KeptBodies, { id, rev, plain }: RecordRow): boolean {
	const known = kept.get(id);
	return plain !== undefined && known?.rev === rev && sameJson(known.plain, plain);
}
