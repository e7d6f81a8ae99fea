import type { Domain } from '../access/domains.ts';
import type { RosterPost } from '../api/rosters.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { People } from '../crypto/people.ts';
import { followRoster, foundRoster, retire, rotate, switchOn } from '../crypto/roster-changes.ts';
import { memberOf } from '../crypto/roster.ts';
import { newDomainKey, signDraft } from './draft-roster.ts';
import type { KeyToGrant } from './draft-roster.ts';
import type { EntityKeys } from './entity-keys.ts';
import { KeysError } from './keys-error.ts';
import type { OwnIdentity } from './own-identity.ts';

/** What a next roster does to a domain: give it the user layer, a new generation, or take its old ones from use. */
export type RosterStep = 'switch-on' | 'rotate' | 'retire';

/** A roster to post, and the hash it will be known by once it is accepted. */
export interface DraftedRoster {
	post: RosterPost;
	hash: string;
}

/** The first roster of an entity that the person owns, with the first key of its health domain. */
export async function foundEntity(self: OwnIdentity, entity: string): Promise<DraftedRoster> {
	const health = await newDomainKey(entity, 'health', 1);
	const roster = foundRoster(entity, { id: self.user, identity: self.hash }, { health: health.hash });
	return signDraft(roster, [health], self, await People.of([]));
}

/** What is held before a roster is drafted. Tests take it out, to show what it stops. */
export const draftChecks = { checkOwnRow };

/** A roster signed by an identity that was replaced is one that nobody goes on from. */
function checkOwnRow(keys: EntityKeys, self: OwnIdentity): void {
	if (memberOf(keys.newest.roster, self.user)?.identity !== self.hash) throw new KeysError('keys/changed-elsewhere');
}

/**
 * The roster that follows the newest one, with the keys that go out with it. A new generation goes to every member of
 * the domain, and the older ones anew, so that none hangs on a grantor who has gone.
 * @throws CryptoError `crypto/roster` where the step is not one from here; KeysError `keys/changed-elsewhere` where the
 * roster names the person by another identity than this one
 */
export async function nextPost(
	self: OwnIdentity,
	keys: EntityKeys,
	domain: Domain,
	step: RosterStep,
	checks = draftChecks
): Promise<DraftedRoster> {
	checks.checkOwnRow(keys, self);
	const next = followRoster(keys.newest);
	if (step === 'retire') return signDraft(retire(next, domain), [], self, keys.people);
	const layer = keys.domain(domain);
	if ((step === 'switch-on') !== (layer === undefined)) throw new CryptoError('crypto/roster');
	const fresh = await newDomainKey(keys.entity, domain, (layer?.current ?? 0) + 1);
	const roster = (step === 'switch-on' ? switchOn : rotate)(next, domain, fresh.hash);
	return signDraft(roster, [fresh, ...olderKeys(keys, domain)], self, keys.people);
}

/** The keys of a domain that are at hand, to be granted anew. */
export function olderKeys(keys: EntityKeys, domain: Domain): KeyToGrant[] {
	return [...keys.heldOf(domain)].map(([generation, key]) => ({ domain, generation, key }));
}
