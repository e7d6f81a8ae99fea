import { fromBase64url } from '../../crypto/base64url.ts';
import { readRoster } from '../../crypto/read-roster.ts';
import { domainsOf } from '../../crypto/roster-rules.ts';
import type { Domain } from '../../api/ids.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { ServedEntity } from '../../keys/key-verbs.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { isKept, keptBodies } from './kept-bodies.ts';

/** Bodies asked for and sent back at once. */
const PAGE = 100;

/**
 * Seals what a restored server has under earlier keys, or under none, under the current one. What has no user layer there
 * is signed where this device has the same, and else stays as it is: nobody else can say whether it was so.
 * @param served what the server has of the chain: the beginning of the one that this device accepted
 * @throws ApiError, CryptoError, KeysError: what is done stays done
 */
export async function sealRestored(vault: VaultState, client: KeyClient, served: ServedEntity): Promise<void> {
	const newest = served.rosters.at(-1);
	if (!newest) return;
	for (const [domain, { oldest, current }] of domainsOf(readRoster(fromBase64url(newest.bytes))))
		if (oldest < current) await sealDomain(vault, client, served, { domain, below: current });
}

async function sealDomain(
	vault: VaultState,
	client: KeyClient,
	{ entity, rosters, grants }: ServedEntity,
	{ domain, below }: { domain: Domain; below: number }
): Promise<void> {
	const kept = await keptBodies(vault, entity, domain);
	let after: { id: string; rev: string } | undefined;
	for (;;) {
		const body = { entity, domain, below, limit: PAGE, ...(after ? { after } : {}) };
		const { records } = await vault.client.call('listStale', { body });
		const last = records.at(-1);
		if (!last) return;
		after = { id: last.id, rev: last.rev };
		const rows = records.filter((row) => row.sealed !== undefined || isKept(kept, row));
		if (rows.length === 0) continue;
		const made = await client.reseal(entity, domain, rows, { rosters, grants });
		const bodies = made.flatMap(({ sealed, ...one }) => (sealed === null ? [] : [{ ...one, sealed }]));
		if (bodies.length > 0) await vault.client.call('resealRecords', { body: { entity, domain, bodies } });
	}
}
