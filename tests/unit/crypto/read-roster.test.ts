import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import { ROLES } from '../../../src/lib/access/roles.ts';
import { readRoster } from '../../../src/lib/crypto/read-roster.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import { readStrictJson } from '../../../src/lib/crypto/strict-json.ts';
import { writeRoster } from '../../../src/lib/crypto/write-roster.ts';
import { expectRefusal } from './refusals.ts';
import { anyHash, entity } from './roster-play.ts';
import { runs } from './soak.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const [owner, member, contact] = [randomUUID(), randomUUID(), randomUUID()];
const roster: Roster = {
	...{ v: 1, entity, epoch: 1, counter: 2, prev: anyHash() },
	members: [
		{ id: owner, identity: anyHash(), role: 'owner', domains: DOMAINS },
		{ id: member, identity: anyHash(), role: 'member', domains: ['health'] }
	],
	domains: { health: { oldest: 1, current: 2, keys: { 1: anyHash(), 2: anyHash() } } },
	emergency: [{ id: contact, identity: anyHash(), domains: ['health'], wait: 7 }]
};
const text = JSON.stringify(roster);

describe('JSON that is read strictly', () => {
	test('is read as the runtime reads it, where no key stands twice and numbers are whole', () => {
		const whole = fc.maxSafeNat();
		const word = fc.string({ unit: 'grapheme' });
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(whole, word, fc.boolean(), fc.constant(null), tie('list'), tie('members')),
			list: fc.array(tie('value'), { maxLength: 4 }),
			members: fc.dictionary(word, tie('value'), { maxKeys: 4 })
		}));
		const property = fc.property(value, fc.constantFrom(0, 1, '\t'), (given, blanks) => {
			const written = JSON.stringify(given, undefined, blanks);
			expect(readStrictJson(utf8(written))).toEqual(JSON.parse(written));
		});
		fc.assert(property, runs);
	});

	test('is refused when any one key of it stands a second time, however it is escaped', () => {
		const keys = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 });
		const escaped = (key: string): string =>
			[...key].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
		const property = fc.property(keys, fc.nat(), fc.boolean(), fc.boolean(), (names, at, nested, escape) => {
			const twice = names[at % names.length] ?? '';
			const members = names.map((name) => `${JSON.stringify(name)}:{"a":[1]}`);
			const wrap = (inner: string): Uint8Array => utf8(nested ? `[0,{"x":${inner}}]` : inner);
			expect(readStrictJson(wrap(`{${members.join(',')}}`))).toBeDefined();
			const again = escape ? `"${escaped(twice)}":0` : `${JSON.stringify(twice)}:0`;
			expectRefusal('crypto/input', () => readStrictJson(wrap(`{${[...members, again].join(',')}}`)));
		});
		fc.assert(property, runs);
	});

	test.each(['1.0', '1e0', '-1', '-0', '0.5', '[1E2]', '', '{', '[1,]', '\uFEFF1', '01'])('%j is refused', (json) => {
		expectRefusal('crypto/input', () => readStrictJson(utf8(json)));
	});

	test('a string that looks like JSON is a string', () => {
		const json = '{"a":"{\\"a\\":1,\\"a\\":1.5}","b":["a","a","\\\\"],"c":"\\""}';
		expect(readStrictJson(utf8(json))).toEqual(JSON.parse(json));
	});
});

/** Every value in the roster with the way to it. */
function* waysInto(value: unknown, way: (string | number)[] = []): Generator<(string | number)[]> {
	if (way.length > 0) yield way;
	if (typeof value !== 'object' || value === null) return;
	for (const [name, inner] of Object.entries(value)) yield* waysInto(inner, [...way, name]);
}

/** A copy of the roster in which the value at the end of a way is another, or gone. */
function changed(way: readonly (string | number)[], to: unknown): string {
	const copy = JSON.parse(text) as Record<string, unknown>;
	let at: Record<string, unknown> = copy;
	for (const step of way.slice(0, -1)) at = at[step] as Record<string, unknown>;
	const last = way.at(-1) ?? '';
	if (to === undefined) delete at[last];
	// Defined, not assigned: `__proto__` is a name like any other in JSON.
	else Object.defineProperty(at, last, { value: to, enumerable: true, configurable: true, writable: true });
	return JSON.stringify(copy);
}

describe('a roster', () => {
	test('is read from what is written of it', () => {
		expect(readRoster(writeRoster(roster))).toEqual(roster);
		expect(readRoster(utf8(JSON.stringify(JSON.parse(text), undefined, 3)))).toEqual(roster);
	});

	test('is refused with any of its values of another kind or gone, and the whole one is read', () => {
		const ways = [...waysInto(roster)];
		expect(ways.length).toBeGreaterThan(30);
		for (const way of ways) {
			const others: unknown[] = [true, -1, 1.5, 2 ** 53, 'x', '', [null], { x: 1 }];
			const last = String(way.at(-1));
			// Lists may be shorter, a domain may have no layer, and `prev` may be null: what the chain allows is another matter.
			if (!/^(?:\d+|health)$/.test(last)) others.push(undefined);
			if (last !== 'prev') others.push(null);
			for (const other of others) {
				const given = changed(way, other);
				expectRefusal('crypto/roster', () => readRoster(utf8(given)));
			}
		}
		expect(readRoster(utf8(text))).toEqual(roster);
	});

	test('is refused with a member more, wherever it is put', () => {
		const objects = [[], ...waysInto(roster)].filter((way) => {
			const value = way.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], roster);
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		});
		expect(objects.length).toBeGreaterThan(5);
		for (const way of objects) {
			for (const name of ['more', '__proto__', 'constructor', '3'])
				expectRefusal('crypto/roster', () => readRoster(utf8(changed([...way, name], 'x'))));
		}
	});

	const [first, second] = roster.members;
	const health = roster.domains.health;
	test.each<[string, Partial<Record<keyof Roster, unknown>>]>([
		['version 2', { v: 2 }],
		['epoch 0', { epoch: 0 }],
		['counter 0', { counter: 0 }],
		['an entity in upper case', { entity: entity.toUpperCase() }],
		['a hash of 31 bytes', { prev: Buffer.alloc(31).toString('base64url') }],
		['a hash with padding', { prev: `${anyHash()}=` }],
		['nobody in it', { members: [] }],
		['no owner', { members: [second] }],
		['an owner without a domain', { members: [{ ...first, domains: ['health', 'chat', 'finances'] }] }],
		['a member twice', { members: [first, second, second] }],
		['a contact twice', { emergency: [...roster.emergency, ...roster.emergency] }],
		['a domain twice in a row', { members: [first, { ...second, domains: ['health', 'health'] }] }],
		['no such domain in a row', { members: [first, { ...second, domains: ['money'] }] }],
		['no such role', { members: [first, { ...second, role: 'editor' }] }],
		['a role that every object has', { members: [first, { ...second, role: 'toString' }] }],
		['no such domain', { domains: { money: health } }],
		['no current generation', { domains: { health: { oldest: 0, current: 0, keys: {} } } }],
		['oldest above current', { domains: { health: { oldest: 3, current: 2, keys: {} } } }],
		['a generation without a key', { domains: { health: { ...health, keys: { 2: anyHash() } } } }],
		['a key of a retired generation', { domains: { health: { ...health, oldest: 2 } } }],
		[
			'a key of generation 0',
			{ domains: { health: { ...health, oldest: 0, keys: { ...health?.keys, 0: anyHash() } } } }
		],
		['a generation with a leading zero', { domains: { health: { oldest: 1, current: 1, keys: { '01': anyHash() } } } }],
		['a wait that is text', { emergency: [{ ...roster.emergency[0], wait: '7' }] }]
	])('is refused with %s', (_, change) => {
		const given = JSON.stringify({ ...roster, ...change });
		expectRefusal('crypto/roster', () => readRoster(utf8(given)));
		expectRefusal('crypto/roster', () => writeRoster({ ...roster, ...change } as Roster));
		expect(readRoster(utf8(text))).toEqual(roster);
	});

	test('nested a hundred thousand deep is refused like any other, wherever that is', () => {
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		for (const given of [
			deep,
			text.replace(/"members":\[/, `"members":[${deep},`),
			text.replace('"v":1', `"v":${deep}`)
		])
			expectRefusal('crypto/roster', () => readRoster(utf8(given)));
		expect(readRoster(utf8(text))).toEqual(roster);
	});

	test('is read with every role and every wait, and while a domain is being switched on', () => {
		for (const role of ROLES)
			expect(
				readRoster(utf8(changed(['members', 1, 'role'], role === 'owner' ? 'viewer' : role))).members
			).toHaveLength(2);
		expect(readRoster(utf8(changed(['emergency', 0, 'wait'], 0))).emergency[0]?.wait).toBe(0);
		expect(readRoster(utf8(changed(['domains', 'health', 'oldest'], 0))).domains.health?.oldest).toBe(0);
	});
});
