import { CryptoError } from './crypto-error.ts';
import type { People } from './people.ts';
import { readRoster } from './read-roster.ts';
import { newChain, nextRoster } from './roster-chain.ts';
import { holdRoster } from './roster.ts';
import { rosterHash } from './signed-roster.ts';
import type { AcceptedRoster, SignedRoster } from './signed-roster.ts';

/** A roster that was accepted before, as the bundle keeps it, or that an invitation was proved over. */
export interface RosterMark {
	epoch: number;
	counter: number;
	/** The base64url of SHA-256(bytes). */
	hash: string;
}

/**
 * Holds that a roster is not older than what was seen, nor another one with the same numbers.
 * @throws CryptoError `crypto/rolled-back` when it is: an alarm.
 */
export function checkSeen(seen: RosterMark, { roster, hash }: AcceptedRoster): void {
	if (roster.epoch !== seen.epoch ? roster.epoch < seen.epoch : roster.counter < seen.counter)
		throw new CryptoError('crypto/rolled-back');
	if (roster.epoch === seen.epoch && roster.counter === seen.counter && hash !== seen.hash)
		throw new CryptoError('crypto/rolled-back');
}

/**
 * Accepts an entity's rosters as the server gave them, oldest first. With a mark they must go through the marked one:
 * what lies before it holds by the hashes that lead to it (its signers may be long gone), what follows by every rule.
 * Without a mark they begin with a first roster whose signer is confirmed.
 * @returns the accepted ones of the marked epoch and later, oldest first; at least one.
 * @throws CryptoError `crypto/rolled-back` when what was marked is not among them, else what `newChain` and
 * `nextRoster` throw.
 */
export async function acceptRosters(
	chain: readonly SignedRoster[],
	{ entity, mark, people }: { entity: string; mark?: RosterMark | undefined; people: People }
): Promise<AcceptedRoster[]> {
	const given = await Promise.all(chain.map(named));
	const markedAt = mark ? findMark(given, mark) : -1;
	const accepted = markedAt < 0 ? [] : given.slice(firstLinked(given, markedAt), markedAt + 1);
	for (const { roster } of accepted) holdRoster(roster.entity === entity);
	for (const signed of chain.slice(markedAt + 1)) {
		const newest = accepted.at(-1);
		const follows = newest && readRoster(signed.bytes).counter !== 1;
		accepted.push(
			follows ? await nextRoster(newest, signed, people) : await newChain(signed, { entity, before: newest }, people)
		);
	}
	holdRoster(accepted.length > 0);
	return accepted;
}

async function named({ bytes }: SignedRoster): Promise<AcceptedRoster> {
	return { roster: readRoster(bytes), hash: await rosterHash(bytes) };
}

function findMark(given: readonly AcceptedRoster[], mark: RosterMark): number {
	const newest = given.at(-1);
	if (newest) checkSeen(mark, newest);
	const at = given.findIndex(({ hash }) => hash === mark.hash);
	if (at < 0) throw new CryptoError('crypto/rolled-back');
	return at;
}

/** Where the unbroken row of hashes begins that ends at `last`: at the first of the chain, or of what was given. */
function firstLinked(given: readonly AcceptedRoster[], last: number): number {
	let at = last;
	for (let prev = given[at]?.roster.prev; at > 0 && typeof prev === 'string'; prev = given[at]?.roster.prev) {
		at--;
		holdRoster(given[at]?.hash === prev);
	}
	return at;
}
