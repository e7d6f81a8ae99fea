import type { StoredRecord } from '../device/record-store.ts';
import type { RecordBody } from '../kinds/index.ts';
import { sealedClient } from '../sync/sealed-client.ts';
import { openRecord } from './open-record.ts';
import type { OpenRecord } from './open-record.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** What a record said before. */
export interface EarlierVersion {
	/** The revision, a decimal string. */
	rev: string;
	/** When it was written, by the server's clock; RFC 3339. */
	at: string;
	/** The account that signed it, under a user layer; else the one the server noted, null where that is gone. */
	author: string | null;
	/** In the newest version of its kind that is known here; null where it is damaged. */
	body: RecordBody | null;
}

/**
 * Asks the server for the versions a record of the opened entity had in the last 30 days, newest first. They are not
 * kept on the device. Throws ApiError, VaultError `vault/closed` where no entity is open, or the signal's reason.
 */
export async function readEarlierVersions(
	state: VaultState,
	id: string,
	signal?: AbortSignal
): Promise<EarlierVersion[]> {
	const { entity } = state;
	if (entity === null) throw new VaultError('vault/closed');
	const { records } = await sealedClient(state.client, state.layers).call('readHistory', {
		params: { entity, id },
		signal
	});
	const current = state.records.peek(id);
	return current ? judgeVersions(current, records) : [];
}

/**
 * What of a server's answer is an earlier version of this very record: of its id and domain, below its revision, each
 * revision once. One whose body does not open, or is of another kind, is kept as damaged.
 */
export function judgeVersions(current: OpenRecord, rows: readonly StoredRecord[]): EarlierVersion[] {
	const versions = new Map<string, EarlierVersion>();
	for (const row of rows) {
		const ours = row.id === current.id && row.domain === current.domain && BigInt(row.rev) < BigInt(current.rev);
		if (!ours || versions.has(row.rev)) continue;
		const { body, damaged, userLayer } = openRecord(row);
		const readable = !damaged && body.kind === current.body.kind;
		const author = userLayer?.author ?? row.author;
		versions.set(row.rev, { rev: row.rev, at: row.updatedAt, author, body: readable ? body : null });
	}
	return [...versions.values()].sort((a, b) => (BigInt(a.rev) < BigInt(b.rev) ? 1 : -1));
}

/**
 * The body that makes a record say again what it said then. Members of the record that are no values stay as they are
 * now (where it came from, what a newer version of Arca wrote beside them); it is out of the bin, and nothing is undecided.
 */
export function bodyAsThen(now: RecordBody, then: RecordBody): RecordBody {
	const { deleted: _deleted, conflicts: _conflicts, ...meta } = now.meta;
	return { ...now, version: then.version, values: then.values, meta };
}
