import type { IdentitiesAnswer, Identity } from '../../api/keys.ts';
import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import { identityHash } from '../../crypto/identity.ts';
import type { KnownPerson } from '../../crypto/people.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { Refusal } from '../http/refusal.ts';
import { identityBytesOf } from './check-succession.ts';

/** Every public identity of a person, oldest first. @throws Refusal `access/denied` for whom one shares no entity with. */
export async function listIdentities({ backend }: Arca, person: Person, user: string): Promise<IdentitiesAnswer> {
	return (await callFunction(backend, person, 'list_identities', { person: user })) as IdentitiesAnswer;
}

/**
 * What the database has of a person's identities, as the rules of rosters take it: the newest is the confirmed one.
 * Nobody is known of whom the caller shares no entity with.
 */
export async function knownPerson(server: Arca, person: Person, user: string): Promise<KnownPerson> {
	const { identities, successions } = await listIdentities(server, person, user).catch((error: unknown) => {
		if (error instanceof Refusal && error.problem.status === 403) return { identities: [], successions: [] };
		throw error;
	});
	const newest = identities.at(-1);
	return {
		identities: identities.map(identityBytesOf),
		successions: successions.map(fromBase64url),
		...(newest ? { confirmed: await hashOf(newest) } : {})
	};
}

/** The base64url of an identity's hash, as rosters name it. */
export async function hashOf(identity: Pick<Identity, 'kem' | 'sign'>): Promise<string> {
	return toBase64url(await identityHash(identityBytesOf(identity)));
}
