import type { Roster } from '../../api/rosters.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import { fromUtf8 } from '../../crypto/utf8.ts';
import type { ServedEntity } from '../../keys/key-verbs.ts';
import type { ApiClient } from '../../sync/api-client.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { KeptAccount } from './kept-keys.ts';

/**
 * The account's keys and bundle at the server; null where it says that there are none, in so many words: a 404, as of a
 * proxy, says nothing. Throws ApiError.
 */
export async function askAccount(client: ApiClient, signal?: AbortSignal): Promise<KeptAccount | null> {
	const brief = { tries: 1, ...(signal ? { signal } : {}) };
	const keys = await client.call('getKeys', brief);
	return 'slots' in keys ? { keys, bundle: await client.call('getBundle', brief) } : null;
}

/** All that the server gives of an entity's keys: the chain, one's own grants, and whoever is named in it. Throws ApiError. */
export async function askEntity(client: ApiClient, entity: string): Promise<Omit<ServedEntity, 'seen'>> {
	const rosters: Roster[] = [];
	for (let more = true; more;) {
		const last = rosters.at(-1);
		const from = last && { epoch: String(last.epoch), from: String(BigInt(last.counter) + 1n) };
		const page = await client.call('listRosters', { query: { entity, ...from } });
		// A page that does not go on would be asked for without end.
		const first = page.rosters[0];
		if (last && first && !isAfter(first, last)) throw new ApiError('sync/bad-answer', 200);
		rosters.push(...page.rosters);
		more = page.more && page.rosters.length > 0;
	}
	if (rosters.length === 0) return { entity, rosters, grants: [], people: [] };
	const { grants } = await client.call('listGrants', { query: { entity } });
	const people: ServedEntity['people'][number][] = [];
	for (const id of namedIn(rosters))
		people.push({ id, ...(await client.call('listIdentities', { query: { user: id } })) });
	return { entity, rosters, grants, people };
}

function isAfter(one: Roster, other: Roster): boolean {
	return one.epoch === other.epoch ? BigInt(one.counter) > BigInt(other.counter) : one.epoch > other.epoch;
}

/** Whose identities it takes to verify a chain. Nothing is believed of it here: it only says whom to ask about. */
function namedIn(rosters: readonly Roster[]): Set<string> {
	const named = new Set<string>();
	for (const { bytes, signer } of rosters) {
		named.add(signer);
		const { members, emergency } = looselyRead(bytes);
		for (const list of [members, emergency])
			for (const row of Array.isArray(list) ? (list as unknown[]) : []) {
				const id = row && typeof row === 'object' && 'id' in row ? row.id : undefined;
				if (typeof id === 'string') named.add(id);
			}
	}
	return named;
}

/** What the bytes say, whatever that is: a roster that is none is found by whoever verifies the chain. */
function looselyRead(bytes: string): { members?: unknown; emergency?: unknown } {
	try {
		return (JSON.parse(fromUtf8(fromBase64url(bytes))) ?? {}) as { members?: unknown; emergency?: unknown };
	} catch {
		return {};
	}
}
