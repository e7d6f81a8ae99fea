import type { Roster, RosterPost } from '../api/rosters.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { Grant } from '../crypto/grant.ts';
import { rosterHash } from '../crypto/signed-roster.ts';
import { grantOf, rosterPost, signedRosterOf } from './api-bytes.ts';
import { EntityKeys } from './entity-keys.ts';
import { olderKeys } from './entity-rosters.ts';
import { grantToAll } from './grant-keys.ts';
import type { ServedEntity } from './key-verbs.ts';
import type { OwnIdentity } from './own-identity.ts';

/**
 * Rosters of the accepted chain as they are posted once more, to a server that was restored to before them: the same
 * bytes and signatures, and the keys at hand for everybody whom they name.
 * @throws CryptoError `crypto/rolled-back` for one that is not of the accepted chain; others as grantToAll
 */
export async function postedAgain(
	self: OwnIdentity,
	keys: EntityKeys,
	rosters: readonly Roster[]
): Promise<RosterPost[]> {
	const posts: RosterPost[] = [];
	for (const served of rosters) {
		const { roster } = keys.rosters[await placeOf(keys, served)] ?? keys.newest;
		const grants: Grant[] = [];
		for (const key of keys.domains.flatMap((domain) => olderKeys(keys, domain))) {
			const isNamed = Object.hasOwn(roster.domains[key.domain]?.keys ?? {}, String(key.generation));
			if (isNamed) grants.push(...(await grantToAll(roster, key, self, keys.people)));
		}
		posts.push(rosterPost(roster, signedRosterOf(served), grants));
	}
	return posts;
}

/**
 * The keys as an earlier roster of the accepted chain names them: for what a restored server still has under keys that
 * were retired since.
 * @throws CryptoError `crypto/rolled-back` where the chain that is served is not the beginning of the accepted one
 */
export async function keysAsOf(
	self: OwnIdentity,
	keys: EntityKeys,
	{ rosters, grants }: Pick<ServedEntity, 'rosters' | 'grants'>
): Promise<EntityKeys> {
	const newest = rosters.at(-1);
	if (!newest) throw new CryptoError('crypto/rolled-back');
	const until = (await placeOf(keys, newest)) + 1;
	return new EntityKeys(keys.entity, keys.rosters.slice(0, until), keys.people).take(self, grants.map(grantOf), keys);
}

async function placeOf(keys: EntityKeys, served: Roster): Promise<number> {
	const hash = await rosterHash(signedRosterOf(served).bytes);
	const at = keys.rosters.findIndex((one) => one.hash === hash);
	if (at < 0) throw new CryptoError('crypto/rolled-back');
	return at;
}
