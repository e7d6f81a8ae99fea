import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** What the browser sealed of a record, as the server has it: the revision, the generation of the key, base64url. */
export interface Envelope {
	rev: string;
	generation: number;
	sealed: string;
}

/**
 * Asks the server for the envelope of a record of the opened entity as this device shows it: it is not kept here, where
 * only what it says is. Null where the record waits, has another revision there by now, or no user layer. Throws ApiError,
 * VaultError `vault/closed`, or the signal's reason.
 */
export async function readEnvelope(state: VaultState, id: string, signal?: AbortSignal): Promise<Envelope | null> {
	const { entity } = state;
	if (entity === null) throw new VaultError('vault/closed');
	const record = state.records.peek(id);
	if (!record || record.waiting || record.seq === '0') return null;
	const after = { [record.domain]: String(BigInt(record.seq) - 1n) };
	const { records } = await state.client.call('pullRecords', { body: { entity, after, limit: 1 }, signal });
	const row = records.find((one) => one.id === id && one.rev === record.rev);
	if (row?.sealed === undefined) return null;
	return { rev: row.rev, generation: row.generation ?? 0, sealed: row.sealed };
}
