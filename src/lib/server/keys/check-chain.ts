import type { Identity } from '../../api/keys.ts';
import type { Roster as PostedRoster, RosterPost } from '../../api/rosters.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import { People } from '../../crypto/people.ts';
import type { KnownPerson } from '../../crypto/people.ts';
import { readRoster } from '../../crypto/read-roster.ts';
import { newChain, nextRoster } from '../../crypto/roster-chain.ts';
import { memberOf } from '../../crypto/roster.ts';
import type { Roster } from '../../crypto/roster.ts';
import { isRosterSignedBy, rosterHash } from '../../crypto/signed-roster.ts';
import type { AcceptedRoster, SignedRoster } from '../../crypto/signed-roster.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { hasCode } from '../has-code.ts';
import { refuse } from '../http/refusal.ts';
import { hashOf, knownPerson } from './known-people.ts';

/** The identity that goes with the keys of who posts, and the statement that leads to it where it is being put. */
export interface Signing {
	identity: Pick<Identity, 'kem' | 'sign'>;
	succession?: string | undefined;
}

/** The newest roster of an entity, null where there is none. @throws Refusal `access/denied` for who is not in it. */
export async function newestRoster({ backend }: Arca, person: Person, entity: string): Promise<PostedRoster | null> {
	return (await callFunction(backend, person, 'get_newest_roster', { entity })) as PostedRoster | null;
}

/**
 * Holds a roster against the newest one of its entity, by every rule that browsers hold it against, and against the
 * identities that people have now. Every browser checks this for itself; here it keeps a roster that no browser would
 * accept from taking the next place of its chain, which is taken once. That it is still the next one when it is added is
 * for the database, which compares `prev`.
 * @param pointer where it stands in the request.
 * @throws Refusal `request/invalid`, or `roster/conflict` with the newest where it is not the next one.
 */
export async function checkChain(
	server: Arca,
	person: Person,
	{ post, newest }: { post: RosterPost; newest: PostedRoster | null },
	signing: Signing,
	pointer = '#'
): Promise<void> {
	const invalid = (member: 'bytes' | 'signature', detail: string) =>
		refuse('request/invalid', { errors: [{ pointer: `${pointer}/${member}`, detail }] });
	const signed = signedOf(post);
	const next = readOr(signed, () => invalid('bytes', 'is no roster'));
	const { sign } = signing.identity;
	if (!(await isRosterSignedBy(signed, fromBase64url(sign)))) throw invalid('signature', 'is not of the signer');
	const before = newest ? await acceptedOf(newest) : undefined;
	if (!isOnTop(before, next)) throw refuse('roster/conflict', { current: newest ?? undefined });
	try {
		if (next.counter === 1 || !before) {
			const self = await selfOf(server, person, signing);
			await newChain(signed, { entity: post.entity, before }, await People.of([[person.id, self]]));
		} else {
			const people = await namedNow(server, person, signing, before.roster, next);
			if (!people) throw invalid('bytes', 'names somebody by another identity than they have');
			await nextRoster(before, signed, people);
		}
	} catch (error) {
		if (hasCode(error, 'crypto/signature')) throw invalid('signature', 'is of nobody who may sign here');
		if (!hasCode(error, 'crypto/roster') && !hasCode(error, 'crypto/identity-changed')) throw error;
		throw invalid('bytes', 'may not follow the newest roster');
	}
}

function isOnTop(before: AcceptedRoster | undefined, { epoch, counter, prev }: Roster): boolean {
	if (counter === 1) return prev === null && epoch === (before?.roster.epoch ?? 0) + 1;
	return epoch === before?.roster.epoch && counter === before.roster.counter + 1 && prev === before.hash;
}

/**
 * The people whom the step from one roster to the next is about; null where it gives somebody an identity that is not
 * the one they have. A signer who lost their keys is put in by another: no statement leads to their identity.
 */
async function namedNow(
	server: Arca,
	person: Person,
	signing: Signing,
	before: Roster,
	next: Roster
): Promise<People | null> {
	const self = await selfOf(server, person, signing);
	const known = new Map<string, KnownPerson>([[person.id, withoutConfirmed(self)]]);
	for (const { id, identity } of next.members) {
		if (memberOf(before, id)?.identity === identity) continue;
		const now = id === person.id ? self : await knownPerson(server, person, id);
		if (now.confirmed !== identity) return null;
		if (id !== person.id) known.set(id, now);
	}
	for (const { id, identity } of next.emergency) {
		if (known.has(id) || before.emergency.some((row) => row.id === id && row.identity === identity)) continue;
		known.set(id, await knownPerson(server, person, id));
	}
	return People.of(known);
}

async function selfOf(server: Arca, person: Person, { identity, succession }: Signing): Promise<KnownPerson> {
	const stored = await knownPerson(server, person, person.id);
	return {
		identities: [...stored.identities, { kem: fromBase64url(identity.kem), sign: fromBase64url(identity.sign) }],
		successions: [...(stored.successions ?? []), ...(succession === undefined ? [] : [fromBase64url(succession)])],
		confirmed: await hashOf(identity)
	};
}

function withoutConfirmed({ identities, successions = [] }: KnownPerson): KnownPerson {
	return { identities, successions };
}

function signedOf({ bytes, signature, signer }: Pick<RosterPost, 'bytes' | 'signature' | 'signer'>): SignedRoster {
	return { bytes: fromBase64url(bytes), signature: fromBase64url(signature), signer };
}

async function acceptedOf(roster: PostedRoster): Promise<AcceptedRoster> {
	const { bytes } = signedOf(roster);
	return { roster: readRoster(bytes), hash: await rosterHash(bytes) };
}

function readOr({ bytes }: SignedRoster, refusal: () => Error): Roster {
	try {
		return readRoster(bytes);
	} catch (error) {
		if (!hasCode(error, 'crypto/roster')) throw error;
		throw refusal();
	}
}
