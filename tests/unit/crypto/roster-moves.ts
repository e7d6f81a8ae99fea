import fc from 'fast-check';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import { ROLES } from '../../../src/lib/access/roles.ts';
import { retire, rotate, switchOn } from '../../../src/lib/crypto/roster-changes.ts';
import type { Roster, RosterDomain, RosterMember } from '../../../src/lib/crypto/roster.ts';

/** Something that somebody might do to a roster, allowed or not. */
export type Move = (roster: Roster) => Roster;

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
const domain = fc.constantFrom(...DOMAINS);
const role = fc.constantFrom(...ROLES);
const domains = fc.subarray([...DOMAINS]);
/** Few ids, so that moves meet. */
const id = fc.nat(5).map((number) => `00000000-0000-4000-8000-00000000000${number}`);
const at = fc.nat(7);

const member: fc.Arbitrary<RosterMember> = fc.record({ id, identity: hash, role, domains });

function withRow(roster: Roster, index: number, change: (row: RosterMember) => RosterMember | undefined): Roster {
	const place = index % roster.members.length;
	return { ...roster, members: roster.members.flatMap((row, here) => (here === place ? (change(row) ?? []) : row)) };
}

function withLayer(
	roster: Roster,
	name: keyof Roster['domains'],
	change: (layer: RosterDomain) => RosterDomain
): Roster {
	const layer = roster.domains[name];
	return layer ? { ...roster, domains: { ...roster.domains, [name]: change(layer) } } : roster;
}

const moves: fc.Arbitrary<Move>[] = [
	member.map((row) => (roster) => ({ ...roster, members: [...roster.members, row] })),
	at.map((index) => (roster) => withRow(roster, index, () => undefined)),
	fc.tuple(at, role).map(
		([index, to]): Move =>
			(roster) =>
				withRow(roster, index, (row) => ({ ...row, role: to }))
	),
	fc.tuple(at, domains).map(
		([index, to]): Move =>
			(roster) =>
				withRow(roster, index, (row) => ({ ...row, domains: to }))
	),
	at.map((index) => (roster) => withRow(roster, index, (row) => ({ ...row, role: 'owner', domains: DOMAINS }))),
	fc.tuple(domain, hash).map(
		([name, key]): Move =>
			(roster) =>
				roster.domains[name] ? roster : switchOn(roster, name, key)
	),
	fc.tuple(domain, hash).map(
		([name, key]): Move =>
			(roster) =>
				roster.domains[name] ? rotate(roster, name, key) : roster
	),
	domain.map((name) => (roster) => (roster.domains[name] ? retire(roster, name) : roster)),
	fc.tuple(domain, fc.nat(3), fc.nat(3), hash).map(
		([name, oldest, current, key]): Move =>
			(roster) =>
				withLayer(roster, name, ({ keys }) => ({ oldest, current, keys: keysOf(oldest, current, keys, key) }))
	),
	fc.tuple(domain, hash).map(
		([name, key]): Move =>
			(roster) =>
				withLayer(roster, name, (layer) => ({ ...layer, keys: { ...layer.keys, [layer.current]: key } }))
	),
	domain.map((name) => (roster) => {
		const { [name]: _, ...others } = roster.domains;
		return { ...roster, domains: others };
	}),
	fc
		.record({ id, identity: hash, domains, wait: fc.nat(30) })
		.map((row) => (roster) => ({ ...roster, emergency: [row] })),
	fc.constant((roster: Roster) => ({ ...roster, members: [...roster.members].reverse() }))
];

function keysOf(oldest: number, current: number, keys: RosterDomain['keys'], key: string): RosterDomain['keys'] {
	const first = Math.max(oldest, 1);
	const generations = Array.from({ length: Math.max(current - first + 1, 0) }, (_, index) => String(first + index));
	return Object.fromEntries(generations.map((generation) => [generation, keys[generation] ?? key]));
}

/** One roster's worth of moves, and which of the members signs them. */
export const turn = fc.record({ signer: at, moves: fc.array(fc.oneof(...moves), { minLength: 1, maxLength: 2 }) });
