import type { RosterPost } from '../api/rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { foundEntity } from './entity-rosters.ts';
import { newAccount } from './new-account.ts';
import type { NewAccount } from './new-account.ts';

/** Draws an account for the first time, with the first roster of each entity that the person owns. */
export async function turnOnAccount(
	argon2: Argon2,
	{ user, password, entities }: { user: string; password: Bytes; entities: readonly string[] }
): Promise<NewAccount & { posts: RosterPost[] }> {
	const put = { keysVersion: 1, bundleVersion: 0 };
	const { account, recoveryCode } = await newAccount(argon2, { user, password }, { pins: new Map() }, put);
	const posts: RosterPost[] = [];
	for (const entity of entities) {
		const { post, hash } = await foundEntity(account.self, entity);
		account.mark(entity, { epoch: 1, counter: 1, hash });
		posts.push(post);
	}
	return { account, posts, recoveryCode };
}
