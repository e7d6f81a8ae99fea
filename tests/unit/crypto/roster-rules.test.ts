import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import { followRoster, foundRoster, retire, rotate, switchOn } from '../../../src/lib/crypto/roster-changes.ts';
import { checkGenerations, checkRights } from '../../../src/lib/crypto/roster-rules.ts';
import { memberOf } from '../../../src/lib/crypto/roster.ts';
import type { Roster, RosterMember } from '../../../src/lib/crypto/roster.ts';
import { writeRoster } from '../../../src/lib/crypto/write-roster.ts';
import { turn } from './roster-moves.ts';
import { anyHash, entity } from './roster-play.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

const founder = { id: '00000000-0000-4000-8000-000000000000', identity: anyHash() };
const found = (): Roster => foundRoster(entity, founder, { health: anyHash() });

/** The next roster, if the rules let the signer make it of the one before. */
function step(before: Roster, next: Roster, signer: RosterMember): Roster | undefined {
	try {
		writeRoster(next);
		checkRights(before, next, signer);
		checkGenerations(before, next);
		return next;
	} catch {
		return undefined;
	}
}

const byId = (roster: Roster): Map<string, string> =>
	new Map(roster.members.map((row) => [row.id, JSON.stringify(row)]));

/** What must never come of a step, whatever was tried; said in other words than the rules'. */
function expectSound(before: Roster, next: Roster, signer: RosterMember): void {
	expect(next.members.filter((row) => row.role === 'owner' && row.domains.length === 4)).not.toEqual([]);
	for (const name of DOMAINS) {
		const [old, now] = [before.domains[name], next.domains[name]];
		if (!old) expect([undefined, 1]).toContain(now?.current);
		if (!old) continue;
		expect(now).toBeDefined();
		if (!now) continue;
		expect(now.oldest).toBeGreaterThanOrEqual(old.oldest);
		expect([old.current, old.current + 1]).toContain(now.current);
		expect(now.oldest > old.oldest && now.current > old.current).toBe(false);
		for (const [generation, key] of Object.entries(old.keys)) expect([key, undefined]).toContain(now.keys[generation]);
		const touched = JSON.stringify(old) !== JSON.stringify(now);
		if (touched) expect(['owner', 'administrator']).toContain(signer.role);
		if (touched) expect(signer.domains).toContain(name);
	}
	if (signer.role === 'owner') return;
	expect(Object.keys(next.domains).sort()).toEqual(Object.keys(before.domains).sort());
	expect(next.emergency).toEqual(before.emergency);
	const [old, now] = [byId(before), byId(next)];
	for (const id of new Set([...old.keys(), ...now.keys()])) {
		if (old.get(id) === now.get(id) || (id === signer.id && !now.has(id))) continue;
		expect(signer.role).toBe('administrator');
		const rows = [memberOf(before, id), memberOf(next, id)].filter((row) => row !== undefined);
		expect(new Set(rows.map(({ role }) => role)).size).toBe(1);
		for (const row of rows) {
			expect(['analyst', 'member', 'viewer']).toContain(row.role);
			for (const name of row.domains) expect(signer.domains).toContain(name);
		}
	}
}

describe('whatever members try', () => {
	test('no row of accepted rosters breaks what holds of every roster and of every step', () => {
		let accepted = 0;
		let refused = 0;
		const property = fc.property(fc.array(turn, { minLength: 1, maxLength: 12 }), (turns) => {
			let roster = found();
			for (const { signer, moves } of turns) {
				const row = roster.members[signer % roster.members.length];
				if (!row) throw new Error('a roster without members');
				const tried = moves.reduce((next, move) => move(next), followRoster({ roster, hash: anyHash() }));
				const next = step(roster, tried, row);
				if (next) expectSound(roster, next, row);
				if (next) accepted++;
				else refused++;
				roster = next ?? roster;
			}
		});
		fc.assert(property, runs);
		expect(Math.min(accepted, refused)).toBeGreaterThan(runs.numRuns / 2);
	});

	test('an owner gets on: switches domains on, rotates them and retires what was re-sealed, as often as needed', () => {
		const property = fc.property(fc.array(fc.constantFrom(...DOMAINS), { maxLength: 20 }), (names) => {
			let roster = found();
			const [owner] = roster.members;
			for (const name of names) {
				const layer = roster.domains[name];
				const draft = followRoster({ roster, hash: anyHash() });
				const change = !layer ? switchOn : layer.oldest === layer.current ? rotate : retire;
				const next = owner && step(roster, change(draft, name, anyHash()), owner);
				expect(next).toBeDefined();
				roster = next ?? roster;
			}
		});
		fc.assert(property, runs);
	});
});

describe('the rights of who signs', () => {
	const row = (number: number, role: RosterMember['role'], ...domains: RosterMember['domains']): RosterMember => ({
		...{ id: `00000000-0000-4000-8000-00000000000${number}`, identity: anyHash(), role },
		domains: role === 'owner' ? DOMAINS : domains
	});
	const [administrator, analyst] = [row(1, 'administrator', 'health', 'chat'), row(2, 'analyst', 'health')];
	const [member, viewer] = [row(3, 'member', 'chat'), row(4, 'viewer', 'finances')];
	const before = { ...found(), members: [row(0, 'owner'), administrator, analyst, member, viewer] };
	const without = (...gone: RosterMember[]): Roster => ({
		...before,
		members: before.members.filter((one) => !gone.includes(one))
	});
	const withRow = (old: RosterMember, now: Partial<RosterMember>): Roster => ({
		...before,
		members: before.members.map((one) => (one === old ? { ...one, ...now } : one))
	});

	test.each<[string, RosterMember, Roster]>([
		['nobody but administrators and owners signs a roster in which they stay', member, before],
		[
			'an analyst who leaves changes nobody else',
			analyst,
			{
				...without(analyst),
				members: without(analyst).members.map((one) => (one === member ? { ...one, domains: [] } : one))
			}
		],
		['a member does not change their own domains', member, withRow(member, { domains: ['chat', 'health'] })],
		['a member does not move their own identity', member, withRow(member, { identity: anyHash() })],
		[
			'an administrator does not move the identity of an owner',
			administrator,
			{
				...before,
				members: before.members.map((one) => (one.role === 'owner' ? { ...one, identity: anyHash() } : one))
			}
		],
		[
			'an administrator does not drop one of their own domains',
			administrator,
			withRow(administrator, { domains: ['health'] })
		],
		[
			'an administrator does not take a domain from who has one that they lack',
			administrator,
			withRow(viewer, { domains: [] })
		]
	])('%s', (_, signer, next) => {
		expectRefusal('crypto/roster', () => {
			checkRights(before, next, signer);
		});
	});

	test('a layer does not begin with a later generation than the first', () => {
		const layer = { oldest: 0, current: 2, keys: { 1: anyHash(), 2: anyHash() } };
		expectRefusal('crypto/roster', () => {
			checkGenerations(before, { ...before, domains: { ...before.domains, chat: layer } });
		});
		expect(() => {
			checkGenerations(before, switchOn(before, 'chat', anyHash()));
		}).not.toThrow();
	});

	test('an administrator changes no role, and rotates no domain that they do not hold', () => {
		const finances = switchOn(before, 'finances', anyHash());
		for (const [old, next] of [
			[before, withRow(member, { role: 'viewer' })],
			[finances, rotate(finances, 'finances', anyHash())]
		] as const)
			expectRefusal('crypto/roster', () => {
				checkRights(old, next, administrator);
			});
		expect(() => {
			checkRights(before, rotate(before, 'health', anyHash()), administrator);
		}).not.toThrow();
	});

	test.each<[string, RosterMember, Roster]>([
		['everybody leaves', viewer, without(viewer)],
		['an administrator leaves and removes somebody', administrator, without(administrator, member)],
		[
			'an administrator gives a lower member a domain that they hold themselves',
			administrator,
			withRow(member, { domains: ['chat', 'health'] })
		],
		['an administrator moves their own identity', administrator, withRow(administrator, { identity: anyHash() })],
		['an administrator moves the identity of a lower member', administrator, withRow(analyst, { identity: anyHash() })],
		['an administrator retires plain bodies once they are sealed', administrator, retire(before, 'health')]
	])('%s', (_, signer, next) => {
		expect(() => {
			checkRights(before, next, signer);
		}).not.toThrow();
	});
});
