import { CryptoError } from './crypto-error.ts';
import type { People } from './people.ts';
import { readRoster } from './read-roster.ts';
import { checkGenerations, checkRights } from './roster-rules.ts';
import { holdRoster, memberOf } from './roster.ts';
import type { Roster, RosterMember } from './roster.ts';
import { isRosterSignedBy, rosterHash } from './signed-roster.ts';
import type { AcceptedRoster, SignedRoster } from './signed-roster.ts';

/** What a next roster is held against, one by one. Tests take single ones out, to show what each of them stops. */
export const rosterChecks = { checkLink, signerOf, checkSignature, checkIdentities, checkRights, checkGenerations };
export type RosterChecks = typeof rosterChecks;

/**
 * Accepts the first roster of a chain: one member, who signed it, as owner, under an identity that this client compared
 * with the person or that is its own. Nothing else stands behind a first roster.
 * @param before the newest accepted roster of the chain that this one takes the place of, if there was one.
 * @throws CryptoError `crypto/roster`, `crypto/signature`, or `crypto/identity-changed` when the signer's identity is
 * not confirmed.
 */
export async function firstRoster(
	signed: SignedRoster,
	{ entity, before }: { entity: string; before?: AcceptedRoster | undefined },
	people: People
): Promise<AcceptedRoster> {
	const roster = readRoster(signed.bytes);
	const [member, ...others] = roster.members;
	holdRoster(roster.entity === entity && roster.counter === 1 && roster.prev === null);
	holdRoster(!before || (before.roster.entity === entity && roster.epoch === before.roster.epoch + 1));
	holdRoster(member?.id === signed.signer && others.length === 0);
	if (!people.isConfirmed(member.id, member.identity)) throw new CryptoError('crypto/identity-changed');
	await verifyAsOneOf(signed, [member.identity], people);
	return { roster, hash: await rosterHash(signed.bytes) };
}

/**
 * Accepts the first roster of a chain, which where it takes the place of another holds more than the protocol asks: what
 * had a user layer keeps it and no generation falls, so that a reset is no way to take a layer away.
 * @throws CryptoError as `firstRoster` does
 */
export async function newChain(
	signed: SignedRoster,
	place: { entity: string; before?: AcceptedRoster | undefined },
	people: People,
	checks: RosterChecks = rosterChecks
): Promise<AcceptedRoster> {
	const first = await firstRoster(signed, place, people);
	if (place.before) checks.checkGenerations(place.before.roster, first.roster);
	return first;
}

/**
 * Accepts the next roster of a chain, if it is on top of the accepted one, signed by one of its members, and changes
 * nothing that this member may not change.
 * @throws CryptoError `crypto/roster`, `crypto/signature`, or `crypto/identity-changed` when somebody's identity is
 * another and neither a succession nor a comparison leads to it.
 */
export async function nextRoster(
	accepted: AcceptedRoster,
	signed: SignedRoster,
	people: People,
	checks: RosterChecks = rosterChecks
): Promise<AcceptedRoster> {
	const [before, next] = [accepted.roster, readRoster(signed.bytes)];
	checks.checkLink(accepted, next);
	const signer = checks.signerOf(before, signed);
	await checks.checkSignature(signed, signer, people);
	checks.checkIdentities(before, next, people);
	checks.checkRights(before, next, signer);
	checks.checkGenerations(before, next);
	return { roster: next, hash: await rosterHash(signed.bytes) };
}

/**
 * Holds that a roster is the next one on top of the accepted one.
 * @throws CryptoError `crypto/roster` when it is not.
 */
function checkLink({ roster: before, hash }: AcceptedRoster, next: Roster): void {
	holdRoster(next.entity === before.entity && next.epoch === before.epoch);
	holdRoster(next.counter === before.counter + 1 && next.prev === hash);
}

/** The row of who signed, in the roster before: a right that stands there and nowhere else. */
function signerOf(before: Roster, { signer }: SignedRoster): RosterMember {
	const row = memberOf(before, signer);
	holdRoster(row !== undefined);
	return row;
}

/** Who signs may sign with the identity of their row, or with one that followed it. */
async function checkSignature(signed: SignedRoster, { id, identity }: RosterMember, people: People): Promise<void> {
	await verifyAsOneOf(signed, [identity, ...people.followers(id, identity)], people);
}

/**
 * Holds that whoever stands in both rosters has the same identity, or one that followed it.
 * @throws CryptoError `crypto/identity-changed` when it is not so.
 */
function checkIdentities(before: Roster, next: Roster, people: People): void {
	const rows = next.members.map((row) => [row, memberOf(before, row.id)] as const);
	const contacts = next.emergency.map((row) => [row, before.emergency.find(({ id }) => id === row.id)] as const);
	for (const [now, old] of [...rows, ...contacts]) {
		if (!old || old.identity === now.identity) continue;
		if (!people.followers(now.id, old.identity).has(now.identity)) throw new CryptoError('crypto/identity-changed');
	}
}

async function verifyAsOneOf(signed: SignedRoster, hashes: readonly string[], people: People): Promise<void> {
	for (const hash of hashes) {
		const identity = people.identity(signed.signer, hash);
		if (identity && (await isRosterSignedBy(signed, identity.sign))) return;
	}
	throw new CryptoError('crypto/signature');
}
