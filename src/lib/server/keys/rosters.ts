import type * as v from 'valibot';
import type { Grant, postGrantsSchema, Roster, rosterPostSchema, RostersAnswer } from '../../api/rosters.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { checkChain, newestRoster } from './check-chain.ts';
import { getKeys } from './get-keys.ts';

/** The chain of an entity from an epoch and a counter on. */
export async function listRosters(
	{ backend }: Arca,
	person: Person,
	{ entity, epoch, from }: { entity: string; epoch?: string | undefined; from?: string | undefined }
): Promise<RostersAnswer> {
	const args = { entity, epoch: epoch ?? '1', counter: from ?? '1' };
	return (await callFunction(backend, person, 'list_rosters', args)) as RostersAnswer;
}

/**
 * Adds the next roster of an entity's chain with its grants, signed with the identity of the current keys.
 * @throws Refusal `request/invalid` when browsers would not accept it, `roster/conflict` with the newest one when another
 * was first, `roster/in-use` when it retires keys that bodies have, `keys/none` without user encryption.
 */
export async function postRoster(
	server: Arca,
	person: Person,
	post: v.InferOutput<typeof rosterPostSchema>
): Promise<Roster> {
	const { entity, ...roster } = post;
	const newest = await newestRoster(server, person, entity);
	const keys = await getKeys(server, person, {});
	if (!('identity' in keys)) throw refuse('keys/none');
	await checkChain(server, person, { post, newest }, keys);
	const outcome = (await callFunction(server.backend, person, 'post_roster', { entity, roster })) as {
		conflict?: true;
		roster: Roster | null;
	};
	if (outcome.conflict || !outcome.roster) throw refuse('roster/conflict', { current: outcome.roster ?? undefined });
	return outcome.roster;
}

/** The person's own grants in an entity, newest first. */
export async function listGrants({ backend }: Arca, person: Person, entity: string): Promise<Grant[]> {
	return (await callFunction(backend, person, 'list_grants', { entity })) as Grant[];
}

/** Gives members keys of the newest roster; gives back what was given. */
export async function postGrants(
	{ backend }: Arca,
	person: Person,
	{ entity, grants }: v.InferOutput<typeof postGrantsSchema>
): Promise<Grant[]> {
	await callFunction(backend, person, 'post_grants', { entity, grants });
	return grants;
}
