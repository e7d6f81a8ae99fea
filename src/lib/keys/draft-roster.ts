import type { Domain } from '../access/domains.ts';
import type { RosterPost } from '../api/rosters.ts';
import { toBase64url } from '../crypto/base64url.ts';
import { domainKeyHash, drawDomainKey } from '../crypto/domain-key.ts';
import type { Grant } from '../crypto/grant.ts';
import type { People } from '../crypto/people.ts';
import type { Roster } from '../crypto/roster.ts';
import { rosterHash, signRoster } from '../crypto/signed-roster.ts';
import { writeRoster } from '../crypto/write-roster.ts';
import { rosterPost } from './api-bytes.ts';
import { grantToAll } from './grant-keys.ts';
import type { LentKey } from './grant-keys.ts';
import { HeldBytes } from './held-bytes.ts';
import type { OwnIdentity } from './own-identity.ts';

/** A domain key that goes out with a roster. */
export interface KeyToGrant {
	domain: Domain;
	generation: number;
	key: LentKey;
}

/** A new domain key for a generation, and the hash that rosters name it by. */
export async function newDomainKey(
	entity: string,
	domain: Domain,
	generation: number
): Promise<KeyToGrant & { hash: string }> {
	const raw = drawDomainKey();
	const hash = toBase64url(await domainKeyHash({ entity, domain, generation }, raw));
	return { domain, generation, hash, key: await HeldBytes.hold(raw) };
}

/** Signs a roster and grants keys by it: what is posted, and the hash it will be known by. */
export async function signDraft(
	roster: Roster,
	keys: readonly KeyToGrant[],
	self: OwnIdentity,
	people: People
): Promise<{ post: RosterPost; hash: string }> {
	const bytes = writeRoster(roster);
	const signature = await signRoster(bytes, self.signer);
	const grants: Grant[] = [];
	for (const key of keys) grants.push(...(await grantToAll(roster, key, self, people)));
	return { post: rosterPost(roster, { bytes, signature, signer: self.user }, grants), hash: await rosterHash(bytes) };
}
