import type { RosterPost } from '../api/rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { People } from '../crypto/people.ts';
import { foundRoster } from '../crypto/roster-changes.ts';
import type { Roster } from '../crypto/roster.ts';
import { newDomainKey, signDraft } from './draft-roster.ts';
import type { DraftedRoster } from './entity-rosters.ts';
import type { ServedEntity } from './key-verbs.ts';
import { layersAfterReset, lostRoster } from './lost-roster.ts';
import { newAccount } from './new-account.ts';
import type { NewAccount } from './new-account.ts';
import type { OwnIdentity } from './own-identity.ts';

/** Whose account begins anew, under which password, and what the server has of it now. */
export interface Resetting {
	user: string;
	password: Bytes;
	/** Versions of the keys and of the bundle that the server has. */
	version: number;
	bundle: number;
	/** The entities of which the person is the one owner, with the chains that nobody can go on with. */
	entities: readonly ServedEntity[];
}

/**
 * Makes everything new without the old password: what was sealed before stays unreadable. Each entity gets a new chain.
 * Of the lost one the numbers are taken, so that no generation ever stands for two keys, and which parts had a layer.
 * @throws CryptoError as lostRoster
 */
export async function resetAccount(
	argon2: Argon2,
	{ user, password, version, bundle, entities }: Resetting
): Promise<NewAccount & { posts: RosterPost[] }> {
	const put = { keysVersion: version + 1, bundleVersion: bundle };
	const fresh = await newAccount(argon2, { user, password }, { pins: new Map() }, put);
	const posts: RosterPost[] = [];
	for (const served of entities) {
		const lost = await lostRoster(user, served);
		const { post, hash } = await beginAnew(served.entity, lost, fresh.account.self);
		fresh.account.mark(served.entity, { epoch: post.epoch, counter: 1, hash });
		posts.push(post);
	}
	return { ...fresh, posts };
}

async function beginAnew(entity: string, lost: Roster | undefined, self: OwnIdentity): Promise<DraftedRoster> {
	const fresh = await Promise.all(
		layersAfterReset(lost).map((domain) => newDomainKey(entity, domain, (lost?.domains[domain]?.current ?? 0) + 1))
	);
	const hashes = Object.fromEntries(fresh.map(({ domain, hash }) => [domain, hash]));
	const roster = foundRoster(entity, { id: self.user, identity: self.hash }, hashes, lost);
	return signDraft(roster, fresh, self, await People.of([]));
}
