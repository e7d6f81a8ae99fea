import type { Domain } from '../access/domains.ts';
import type { Role } from '../access/roles.ts';
import { CryptoError } from './crypto-error.ts';

/**
 * Who belongs to an entity and which keys its domains have, as one of its members signed it. Every hash is the
 * base64url of 32 bytes: `identity` that of a public identity, `prev` that of the bytes of the roster before.
 */
export interface Roster {
	v: 1;
	entity: string;
	/** Counts the chains of the entity, from 1: a sole owner who lost every key begins a new one. */
	epoch: number;
	/** Counts the rosters of the chain, from 1. */
	counter: number;
	/** Null in the first of a chain. */
	prev: string | null;
	members: readonly RosterMember[];
	/** The domains with a user layer. */
	domains: Readonly<Partial<Record<Domain, RosterDomain>>>;
	emergency: readonly EmergencyContact[];
}

export interface RosterMember {
	id: string;
	identity: string;
	role: Role;
	domains: readonly Domain[];
}

/** The generations of a domain's key. */
export interface RosterDomain {
	/** The lowest one that is still read; 0 while the domain is being switched on and plain bodies are read as well. */
	oldest: number;
	/** The one that everything new is sealed with. */
	current: number;
	/** The hash of each key from `oldest` (or 1) to `current`. */
	keys: Readonly<Record<string, string>>;
}

/** Somebody who may ask for the keys of some domains, and gets them when nobody refused for `wait` days. */
export interface EmergencyContact {
	id: string;
	identity: string;
	domains: readonly Domain[];
	wait: number;
}

/** The member of that id. */
export function memberOf(roster: Roster, id: string): RosterMember | undefined {
	return roster.members.find((member) => member.id === id);
}

/** Goes on where a rule of rosters holds, and throws CryptoError `crypto/roster` where not: which one is not told. */
export function holdRoster(condition: boolean): asserts condition {
	if (!condition) throw new CryptoError('crypto/roster');
}
