// Which roster may follow which. Every client holds each step of the chain against this, so that neither the server nor
// a member with fewer rights can put somebody in, take a domain's layer away or bring an old key back.
import type { Domain } from '../access/domains.ts';
import { isAtLeast } from '../access/roles.ts';
import { holds } from './roster-rights.ts';
import { holdRoster } from './roster.ts';
import type { EmergencyContact, Roster, RosterDomain, RosterMember } from './roster.ts';

/**
 * Holds that generations only go on: a domain with a user layer stays, nothing falls, a key is never exchanged, and one
 * roster rotates a domain by one or retires its old generations, not both.
 * @throws CryptoError `crypto/roster` when it is not so.
 */
export function checkGenerations(before: Roster, next: Roster): void {
	for (const [domain, old] of domainsOf(before)) {
		const now = next.domains[domain];
		holdRoster(now !== undefined && now.oldest >= old.oldest);
		const [rotated, retired] = [now.current === old.current + 1, now.oldest > old.oldest];
		holdRoster(rotated ? !retired : now.current === old.current);
		for (const [generation, key] of Object.entries(old.keys)) holdRoster((now.keys[generation] ?? key) === key);
	}
	for (const [domain, now] of domainsOf(next)) holdRoster(before.domains[domain] !== undefined || now.current === 1);
}

/**
 * Holds that the signer may do what differs: administrators add and remove lower roles all of whose domains they hold,
 * and rotate and retire those; owners change anything; everybody may leave.
 * @param signer the row of the one who signed, in the roster before.
 * @throws CryptoError `crypto/roster` when they may not.
 */
export function checkRights(before: Roster, next: Roster, signer: RosterMember): void {
	const changes = changedRows(before.members, next.members);
	const leaves = changes.some(({ old, now }) => old?.id === signer.id && !now);
	holdRoster(leaves || holds(signer.role, 'members.invite') || holds(signer.role, 'keys.rotate'));
	for (const change of changes) holdRoster(mayChange(signer, change));
	holdRoster(sameContacts(before.emergency, next.emergency) || holds(signer.role, 'security.edit'));
	for (const [domain, now] of domainsOf(next)) holdRoster(mayKey(signer, domain, before.domains[domain], now));
}

interface Change {
	old?: RosterMember;
	now?: RosterMember;
}

/** The members who are new, gone or not the same. */
function changedRows(before: readonly RosterMember[], next: readonly RosterMember[]): Change[] {
	const old = new Map(before.map((member) => [member.id, member]));
	const now = new Map(next.map((member) => [member.id, member]));
	const gone = before.filter(({ id }) => !now.has(id)).map((member): Change => ({ old: member }));
	const others = next.map((member): Change => ({ old: old.get(member.id), now: member }));
	return [...gone, ...others.filter((change) => !sameMember(change))];
}

function mayChange(signer: RosterMember, { old, now }: Change): boolean {
	if (holds(signer.role, 'members.change_role')) return true;
	// Leaving, or their own row under the identity that followed: whether it did is held apart from this.
	if (old?.id === signer.id) return !now || sameMember({ old: { ...old, identity: now.identity }, now });
	if (old && now && old.role !== now.role) return false;
	if (old && !(holds(signer.role, 'members.remove') && isBelow(signer, old))) return false;
	return !now || (holds(signer.role, 'members.invite') && isBelow(signer, now));
}

/** Whether a member stands lower than the signer, in nothing but domains that the signer holds. */
function isBelow(signer: RosterMember, member: RosterMember): boolean {
	if (isAtLeast(member.role, signer.role)) return false;
	return member.domains.every((domain) => signer.domains.includes(domain));
}

function mayKey(signer: RosterMember, domain: Domain, old: RosterDomain | undefined, now: RosterDomain): boolean {
	if (!old) return holds(signer.role, 'security.edit');
	if (old.current === now.current && old.oldest === now.oldest) return true;
	return holds(signer.role, 'keys.rotate') && signer.domains.includes(domain);
}

function sameMember({ old, now }: Change): boolean {
	if (!old || !now) return false;
	return old.role === now.role && old.identity === now.identity && sameSet(old.domains, now.domains);
}

function sameContacts(before: readonly EmergencyContact[], next: readonly EmergencyContact[]): boolean {
	const written = (rows: readonly EmergencyContact[]) =>
		rows.map(({ id, identity, domains, wait }) => [id, identity, wait, ...[...domains].sort()].join(' '));
	return sameSet(written(before), written(next));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}

/** The domains with a user layer, as a list. */
export function domainsOf(roster: Roster): [Domain, RosterDomain][] {
	return Object.entries(roster.domains) as [Domain, RosterDomain][];
}
