import type { Domain } from '../access/domains.ts';
import { permissionsOf } from '../access/permissions.ts';
import type { Permission } from '../access/permissions.ts';
import type { Role } from '../access/roles.ts';
import { CryptoError } from './crypto-error.ts';
import { memberOf } from './roster.ts';
import type { EmergencyContact, Roster, RosterMember } from './roster.ts';
import type { AcceptedRoster } from './signed-roster.ts';

/** Whether a role has a permission by the table. (What is not built yet is the server's to refuse.) */
export function holds(role: Role, permission: Permission): boolean {
	return permissionsOf(role).includes(permission);
}

/** Whether a member may write records of a domain: in chat who may post, elsewhere who may create or edit. */
function writes({ role, domains }: RosterMember, domain: Domain): boolean {
	if (!domains.includes(domain)) return false;
	return domain === 'chat' ? holds(role, 'chat.post') : holds(role, 'records.create') || holds(role, 'records.edit');
}

/**
 * Who may write a domain, or once might: the hashes of their identities by their ids. All accepted rosters of the chain
 * count, or nothing that a former member wrote could be read.
 */
export function writersOf(rosters: Iterable<AcceptedRoster>, domain: Domain): Map<string, Set<string>> {
	const writers = new Map<string, Set<string>>();
	for (const { roster } of rosters) {
		for (const member of roster.members) {
			if (writes(member, domain)) writers.set(member.id, (writers.get(member.id) ?? new Set()).add(member.identity));
		}
	}
	return writers;
}

/** Whether an accepted roster lets, or once let, this identity of a person write the domain. */
export function mayWrite(
	rosters: Iterable<AcceptedRoster>,
	author: { id: string; identity: string },
	domain: Domain
): boolean {
	return writersOf(rosters, domain).get(author.id)?.has(author.identity) ?? false;
}

/** What a grant is for: a member's use now, or an emergency contact's later. */
export type GrantUse = 'member' | 'emergency';

/**
 * Holds that a domain's key may be sealed to an identity: keys go to the signed roster and to nobody else.
 * @param identity the base64url of the identity's hash.
 * @throws CryptoError `crypto/roster` when the roster has no such person for this domain and use;
 * `crypto/identity-changed` when it has the person under another identity.
 */
export function checkGrantee(
	roster: Roster,
	use: GrantUse,
	grantee: { id: string; identity: string },
	domain: Domain
): void {
	const rows: readonly (RosterMember | EmergencyContact)[] = use === 'member' ? roster.members : roster.emergency;
	const row = rows.find(({ id }) => id === grantee.id);
	if (!row?.domains.includes(domain)) throw new CryptoError('crypto/roster');
	if (row.identity !== grantee.identity) throw new CryptoError('crypto/identity-changed');
}

/**
 * Holds that an identity of the roster may grant keys of a domain: who rotates them or invites people, and has the
 * domain.
 * @throws CryptoError `crypto/roster` when it may not.
 */
export function checkGrantor(roster: Roster, grantor: { id: string; identity: string }, domain: Domain): void {
	const row = memberOf(roster, grantor.id);
	const may = row && (holds(row.role, 'keys.rotate') || holds(row.role, 'members.invite'));
	if (!may || row.identity !== grantor.identity || !row.domains.includes(domain))
		throw new CryptoError('crypto/roster');
}
