import { describe, expect, test } from 'vitest';
import { acceptRosters, checkSeen } from '../../../src/lib/crypto/accept-rosters.ts';
import {
	followRoster,
	foundRoster,
	moveIdentity,
	retire,
	rotate,
	switchOn
} from '../../../src/lib/crypto/roster-changes.ts';
import { firstRoster, newChain, nextRoster, rosterChecks } from '../../../src/lib/crypto/roster-chain.ts';
import type { RosterChecks } from '../../../src/lib/crypto/roster-chain.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import type { AcceptedRoster, SignedRoster } from '../../../src/lib/crypto/signed-roster.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import {
	accept,
	anyHash,
	entity,
	makeChain,
	makeSignatory,
	peopleWith,
	rowOf,
	sign,
	succession
} from './roster-play.ts';

const [owner, administrator] = [await makeSignatory(), await makeSignatory()];
const [member, stranger, replaced] = [await makeSignatory(), await makeSignatory(), await makeSignatory()];
const everybody = [owner, administrator, member, stranger];
const people = await peopleWith(everybody, { [owner.id]: { confirmed: owner.hash } });
const off = (): void => undefined;

const rotated = (next: Roster): Roster => rotate(next, 'health', anyHash());
const { signed, accepted } = await makeChain(
	owner,
	(next) => ({
		...next,
		members: [...next.members, rowOf(administrator, 'administrator', 'health'), rowOf(member, 'member', 'health')]
	}),
	rotated
);
const [one, two, three] = accepted;
const [first, second, third] = signed;
if (!one || !two || !three || !first || !second || !third) throw new Error('the chain is too short');

const without = (roster: Roster, id: string): Roster => ({
	...roster,
	members: roster.members.filter((row) => row.id !== id)
});

/** Refused by all checks, accepted without the one that stops it, and the honest one is accepted. */
async function stoppedBy(
	check: keyof RosterChecks,
	before: AcceptedRoster,
	forged: SignedRoster,
	code: 'crypto/roster' | 'crypto/signature' | 'crypto/identity-changed',
	instead: RosterChecks[typeof check] | (() => unknown) = off
): Promise<void> {
	await expectLaterRefusal(code, nextRoster(before, forged, people));
	const lax = { ...rosterChecks, [check]: instead };
	await expect(nextRoster(before, forged, people, lax)).resolves.toHaveProperty('hash');
	const honest = await sign(rotated(followRoster(before)), owner);
	await expect(nextRoster(before, honest, people)).resolves.toHaveProperty('hash');
}

describe('a forged next roster is refused, and only one check stands in its way', () => {
	test('a fork: built on another third roster than the accepted one', async () => {
		const other = await accept(without(three.roster, member.id));
		await stoppedBy('checkLink', three, await sign(rotated(followRoster(other)), owner), 'crypto/roster');
	});

	test('signed by a member who was removed', async () => {
		const removed = await accept(without(followRoster(three), administrator.id));
		const forged = await sign(rotated(followRoster(removed)), administrator);
		const theirs = () => three.roster.members.find(({ id }) => id === administrator.id);
		await stoppedBy('signerOf', removed, forged, 'crypto/roster', theirs);
	});

	test('signed by the server in the name of the owner', async () => {
		const forged = { ...(await sign(rotated(followRoster(three)), stranger)), signer: owner.id };
		await stoppedBy('checkSignature', three, forged, 'crypto/signature');
	});

	test('with other bytes under an honest signature', async () => {
		const honest = await sign(rotated(followRoster(three)), owner);
		const other = await sign(retire(followRoster(three), 'health'), owner);
		await stoppedBy('checkSignature', three, { ...other, signature: honest.signature }, 'crypto/signature');
	});

	test('with the identity of a member exchanged', async () => {
		const forged = await sign(moveIdentity(followRoster(three), member.id, stranger.hash), owner);
		await stoppedBy('checkIdentities', three, forged, 'crypto/identity-changed');
	});

	test('with the identity of an emergency contact exchanged', async () => {
		const contact = { id: stranger.id, identity: stranger.hash, domains: ['health' as const], wait: 7 };
		const before = await accept({ ...followRoster(three), emergency: [contact] });
		const forged = await sign(moveIdentity(followRoster(before), stranger.id, anyHash()), owner);
		await stoppedBy('checkIdentities', before, forged, 'crypto/identity-changed');
	});

	test('in which an administrator makes themselves an owner', async () => {
		const rows = three.roster.members.map((row) => (row.id === administrator.id ? rowOf(administrator, 'owner') : row));
		await stoppedBy(
			'checkRights',
			three,
			await sign({ ...followRoster(three), members: rows }, administrator),
			'crypto/roster'
		);
	});

	test('in which a retired key comes back', async () => {
		const before = await accept(retire(followRoster(three), 'health'));
		const forged = await sign({ ...followRoster(before), domains: three.roster.domains }, owner);
		await stoppedBy('checkGenerations', before, forged, 'crypto/roster');
	});

	test('two signers at once: whoever comes second signs anew on top of the first', async () => {
		const [mine, theirs] = [
			await sign(rotated(followRoster(three)), owner),
			await sign(rotated(followRoster(three)), administrator)
		];
		const four = await nextRoster(three, mine, people);
		await expectLaterRefusal('crypto/roster', nextRoster(four, theirs, people));
		const again = await sign(rotated(followRoster(four)), administrator);
		await expect(nextRoster(four, again, people)).resolves.toHaveProperty('hash');
	});
});

describe('an identity that follows another', () => {
	const heir = { ...replaced, id: owner.id };

	test('signs, and takes its place, by a statement of both or after it was compared, and not because it is served', async () => {
		const next = await sign(moveIdentity(rotated(followRoster(three)), owner.id, heir.hash), heir);
		const actors = [...everybody, heir];
		await expectLaterRefusal('crypto/signature', nextRoster(three, next, await peopleWith(actors)));
		const byStranger = await succession({ ...stranger, id: owner.id }, heir);
		const lies = { [owner.id]: { successions: [byStranger, new Uint8Array(3), new Uint8Array(1416)] } };
		await expectLaterRefusal('crypto/signature', nextRoster(three, next, await peopleWith(actors, lies)));
		const statement = { [owner.id]: { successions: [new Uint8Array(1416), await succession(owner, heir)] } };
		await expect(nextRoster(three, next, await peopleWith(actors, statement))).resolves.toHaveProperty('hash');
		// The statement carries the new identity: it need not be served beside it.
		await expect(nextRoster(three, next, await peopleWith(everybody, statement))).resolves.toHaveProperty('hash');
		const compared = { [owner.id]: { confirmed: heir.hash } };
		await expect(nextRoster(three, next, await peopleWith(actors, compared))).resolves.toHaveProperty('hash');
	});

	test('may follow by several steps, served in any order, and does not lead back', async () => {
		const last = { ...(await makeSignatory()), id: owner.id };
		const statements = [await succession(heir, last), await succession(owner, heir)];
		const known = await peopleWith(everybody, { [owner.id]: { successions: statements } });
		const next = await sign(moveIdentity(followRoster(three), owner.id, last.hash), last);
		const four = await nextRoster(three, next, known);
		const back = await sign(moveIdentity(followRoster(four), owner.id, heir.hash), last);
		await expectLaterRefusal('crypto/identity-changed', nextRoster(four, back, known));
		await expectLaterRefusal('crypto/signature', nextRoster(four, await sign(followRoster(four), heir), known));
	});
});

describe('the rosters of an entity, as the server gives them', () => {
	const mark = { epoch: 1, counter: 2, hash: two.hash };
	const hashes = (rosters: readonly AcceptedRoster[]): string[] => rosters.map(({ hash }) => hash);

	test('are accepted from a first one whose signer is confirmed', async () => {
		expect(hashes(await acceptRosters(signed, { entity, people }))).toEqual(hashes(accepted));
		await expectLaterRefusal(
			'crypto/identity-changed',
			acceptRosters(signed, { entity, people: await peopleWith(everybody) })
		);
		await expectLaterRefusal('crypto/roster', acceptRosters(signed, { entity: owner.id, people }));
		await expectLaterRefusal('crypto/roster', acceptRosters([], { entity, people }));
		await expectLaterRefusal('crypto/roster', acceptRosters([second, third], { entity, people }));
	});

	test('hold by their hashes up to a mark, though nobody of those who signed them is known, and by the rules after it', async () => {
		const forgotten = { ...first, signature: new Uint8Array(64) };
		const strangers = await peopleWith([owner]);
		expect(hashes(await acceptRosters([forgotten, second, third], { entity, mark, people: strangers }))).toEqual(
			hashes(accepted)
		);
		expect(hashes(await acceptRosters([second, third], { entity, mark, people: strangers }))).toEqual([
			two.hash,
			three.hash
		]);
		const unsigned = { ...third, signature: new Uint8Array(64) };
		await expectLaterRefusal('crypto/signature', acceptRosters([first, second, unsigned], { entity, mark, people }));
		const other = await makeChain(owner, rotated);
		await expectLaterRefusal(
			'crypto/roster',
			acceptRosters([...other.signed.slice(0, 1), second, third], { entity, mark, people })
		);
		await expectLaterRefusal('crypto/roster', acceptRosters(signed, { entity: owner.id, mark, people }));
	});

	test('are an alarm when they are older than what was seen, or another chain; without what was seen they would do', async () => {
		await expectLaterRefusal('crypto/rolled-back', acceptRosters([first], { entity, mark, people }));
		const fork = await makeChain(owner, rotated, rotated);
		await expectLaterRefusal('crypto/rolled-back', acceptRosters(fork.signed, { entity, mark, people }));
		await expectLaterRefusal('crypto/rolled-back', acceptRosters([third], { entity, mark, people }));
		await expect(acceptRosters([first], { entity, people })).resolves.toHaveLength(1);
		await expect(acceptRosters(fork.signed, { entity, people })).resolves.toHaveLength(3);
		expectRefusal('crypto/rolled-back', () => {
			checkSeen({ epoch: 2, counter: 1, hash: anyHash() }, three);
		});
	});

	test('go on with a new chain only under an identity that was confirmed, and in its own epoch', async () => {
		const lost = { ...replaced, id: owner.id };
		const known = await peopleWith([...everybody, lost], { [owner.id]: { confirmed: lost.hash } });
		const anew = (epoch: number): Roster =>
			foundRoster(
				entity,
				{ id: owner.id, identity: lost.hash },
				{ health: anyHash() },
				{ ...three.roster, epoch: epoch - 1 }
			);
		const [old, now] = [three.roster.domains.health, anew(2).domains.health];
		expect(now).toMatchObject({ oldest: old?.oldest, current: 3, keys: old?.keys });
		const again = await sign(anew(2), lost);
		await expectLaterRefusal('crypto/identity-changed', acceptRosters([...signed, again], { entity, mark, people }));
		expect(await acceptRosters([...signed, again], { entity, mark, people: known })).toHaveLength(4);
		for (const epoch of [1, 3])
			await expectLaterRefusal(
				'crypto/roster',
				firstRoster(await sign(anew(epoch), lost), { entity, before: three }, known)
			);
	});

	test('take no layer away: a new chain without a part that had one is refused, and only one check stands in its way', async () => {
		const lost = { ...replaced, id: owner.id };
		const known = await peopleWith([...everybody, lost], { [owner.id]: { confirmed: lost.hash } });
		const self = { id: owner.id, identity: lost.hash };
		const two = switchOn(three.roster, 'finances', anyHash());
		const before = await accept(two);
		const [bare, whole] = [{ health: anyHash() }, { health: anyHash(), finances: anyHash() }];
		const forged = await sign(foundRoster(entity, self, bare, { ...three.roster, epoch: 1 }), lost);
		await expectLaterRefusal('crypto/roster', newChain(forged, { entity, before }, known));
		const lax = { ...rosterChecks, checkGenerations: off };
		await expect(newChain(forged, { entity, before }, known, lax)).resolves.toHaveProperty('hash');
		const honest = await sign(foundRoster(entity, self, whole, two), lost);
		await expect(newChain(honest, { entity, before }, known)).resolves.toHaveProperty('hash');
	});
});
