// What rosters are made of, each from the one before: drafts, to be written, signed and sent.
import { DOMAINS } from '../access/domains.ts';
import type { Domain } from '../access/domains.ts';
import { holdRoster } from './roster.ts';
import type { Roster, RosterDomain } from './roster.ts';
import type { AcceptedRoster } from './signed-roster.ts';

/**
 * The first roster of a chain, to be signed by its one member.
 * @param owner whose entity it is, with the base64url of the identity's hash.
 * @param keys the hash (base64url) of a new key of each domain: of generation 1 where it is being switched on.
 * @param lost the newest roster of the chain that this one takes the place of, if there was one: its domains go on with
 * the next generation, so that no number ever stands for two keys and who still holds an old key may grant it again.
 */
export function foundRoster(
	entity: string,
	owner: { id: string; identity: string },
	keys: Readonly<Partial<Record<Domain, string>>>,
	lost?: Roster
): Roster {
	const founded: Roster = {
		...{ v: 1, entity, epoch: (lost?.epoch ?? 0) + 1, counter: 1, prev: null },
		members: [{ ...owner, role: 'owner', domains: DOMAINS }],
		domains: lost?.domains ?? {},
		emergency: []
	};
	const named = Object.entries(keys) as [Domain, string][];
	return named.reduce((next, [domain, key]) => (next.domains[domain] ? rotate : switchOn)(next, domain, key), founded);
}

/** The next roster, as it is before anything changes. */
export function followRoster({ roster, hash }: AcceptedRoster): Roster {
	return { ...roster, counter: roster.counter + 1, prev: hash };
}

/** Begins to switch a domain's user layer on: generation 1, and plain bodies are still read. */
export function switchOn(next: Roster, domain: Domain, keyHash: string): Roster {
	holdRoster(next.domains[domain] === undefined);
	return withDomain(next, domain, { oldest: 0, current: 1, keys: { 1: keyHash } });
}

/** Puts a new generation of a domain's key in use. The old ones are still read. */
export function rotate(next: Roster, domain: Domain, keyHash: string): Roster {
	const { oldest, current, keys } = layerOf(next, domain);
	return withDomain(next, domain, { oldest, current: current + 1, keys: { ...keys, [current + 1]: keyHash } });
}

/** Retires what is older than the current generation, plain bodies of a switch-on included: nobody reads it any more. */
export function retire(next: Roster, domain: Domain): Roster {
	const { current, keys } = layerOf(next, domain);
	const kept = Object.entries(keys).filter(([generation]) => Number(generation) === current);
	return withDomain(next, domain, { oldest: current, current, keys: Object.fromEntries(kept) });
}

/** Names a person, member or contact, by another identity (the base64url of its hash). */
export function moveIdentity(next: Roster, id: string, identity: string): Roster {
	const moved = <Row extends { id: string; identity: string }>(row: Row): Row =>
		row.id === id ? { ...row, identity } : row;
	return { ...next, members: next.members.map(moved), emergency: next.emergency.map(moved) };
}

function layerOf(roster: Roster, domain: Domain): RosterDomain {
	const layer = roster.domains[domain];
	holdRoster(layer !== undefined);
	return layer;
}

function withDomain(roster: Roster, domain: Domain, layer: RosterDomain): Roster {
	return { ...roster, domains: { ...roster.domains, [domain]: layer } };
}
