import type { RosterPost } from '../api/rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { followRoster, moveIdentity, rotate } from '../crypto/roster-changes.ts';
import { memberOf } from '../crypto/roster.ts';
import { writeSuccession } from '../crypto/succession.ts';
import type { Account } from './account.ts';
import { newDomainKey, signDraft } from './draft-roster.ts';
import type { KeyToGrant } from './draft-roster.ts';
import type { EntityKeys } from './entity-keys.ts';
import { olderKeys } from './entity-rosters.ts';
import type { DraftedRoster } from './entity-rosters.ts';
import { newAccount } from './new-account.ts';
import type { NewAccount } from './new-account.ts';
import type { OwnIdentity } from './own-identity.ts';

/** An account that takes the place of another, and what is put with it. */
export interface ReplacedAccount extends NewAccount {
	posts: RosterPost[];
	succession: Bytes;
}

/**
 * Makes everything new under another password: account key, identity, the keys of every domain of the entities that the
 * person owns. The old identity states that it is followed by the new one. One request puts it all, so that there is no
 * moment at which the new password opens less than the old one did.
 */
export async function changeAccount(
	argon2: Argon2,
	account: Account,
	password: Bytes,
	entities: Iterable<EntityKeys>
): Promise<ReplacedAccount> {
	const { user, self, facts, keysVersion, bundleVersion } = account;
	const put = { keysVersion: keysVersion + 1, bundleVersion };
	const fresh = await newAccount(argon2, { user, password }, { pins: facts.pins }, put);
	const to = fresh.account.self;
	for (const [entity, mark] of facts.rosters) fresh.account.mark(entity, mark);
	const posts: RosterPost[] = [];
	for (const keys of entities) {
		const row = memberOf(keys.newest.roster, user);
		if (row?.role !== 'owner' || row.identity !== self.hash) continue;
		const { post, hash } = await moveOwner(keys, to);
		fresh.account.mark(keys.entity, { epoch: post.epoch, counter: Number(post.counter), hash });
		posts.push(post);
	}
	return { ...fresh, posts, succession: await writeSuccession(user, self, to, Date.now()) };
}

/** The roster that names its signer by an identity that follows their row's, and gives each domain a new generation, with every key granted anew. */
export async function moveOwner(keys: EntityKeys, to: OwnIdentity): Promise<DraftedRoster> {
	let next = moveIdentity(followRoster(keys.newest), to.user, to.hash);
	const granted: KeyToGrant[] = [];
	for (const domain of keys.domains) {
		const fresh = await newDomainKey(keys.entity, domain, (keys.domain(domain)?.current ?? 0) + 1);
		next = rotate(next, domain, fresh.hash);
		granted.push(fresh, ...olderKeys(keys, domain));
	}
	return signDraft(next, granted, to, keys.people);
}
