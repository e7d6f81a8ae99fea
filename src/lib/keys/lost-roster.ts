import type { Domain } from '../access/domains.ts';
import { acceptRosters } from '../crypto/accept-rosters.ts';
import type { KnownPerson } from '../crypto/people.ts';
import { People } from '../crypto/people.ts';
import { readRoster } from '../crypto/read-roster.ts';
import { memberOf } from '../crypto/roster.ts';
import type { Roster } from '../crypto/roster.ts';
import { personOf, signedRosterOf } from './api-bytes.ts';
import type { ServedEntity } from './key-verbs.ts';

/** What a chain that is given up is held against. Tests take it out, to show what it stops. */
export const lostChecks = { acceptRosters };

/**
 * The newest roster of a chain that a person begins anew without any of its keys; undefined where there is none. It goes
 * on from what this device accepted before (`seen`), by every rule: so that the server can take no layer away, since no
 * rule lets a domain's layer go. What this device never saw is the server's word alone.
 * @throws CryptoError `crypto/rolled-back` for less than this device saw, else what `acceptRosters` throws
 */
export async function lostRoster(user: string, served: ServedEntity, checks = lostChecks): Promise<Roster | undefined> {
	const { entity, rosters, seen: mark } = served;
	const chain = rosters.map(signedRosterOf);
	const newest = chain.at(-1);
	if (!mark) return newest && readRoster(newest.bytes);
	const accepted = await checks.acceptRosters(chain, { entity, mark, people: await peopleOf(user, served) });
	return accepted.at(-1)?.roster;
}

/** The parts that have a user layer once a chain is begun anew: those that had one, and health, as everywhere. */
export function layersAfterReset(lost: Roster | undefined): Domain[] {
	return [...new Set<Domain>(['health', ...(Object.keys(lost?.domains ?? {}) as Domain[])])];
}

/**
 * Whoever was served. Where the chain was begun anew since, on another device, nothing here knows the identity that did
 * it: it is taken as one's own, for the layers go on all the same.
 */
async function peopleOf(user: string, { rosters, people, seen }: ServedEntity): Promise<People> {
	const known = new Map<string, KnownPerson>(people.map((person) => [person.id, personOf(person)]));
	const newest = rosters.at(-1);
	const own = known.get(user);
	const row = newest && memberOf(readRoster(signedRosterOf(newest).bytes), user);
	if (own && row && newest.epoch !== seen?.epoch) known.set(user, { ...own, confirmed: row.identity });
	return People.of(known);
}
