import { DOMAINS, isDomain } from '../access/domains.ts';
import type { Domain } from '../access/domains.ts';
import { isRole } from '../access/roles.ts';
import { fromBase64url } from './base64url.ts';
import { CryptoError } from './crypto-error.ts';
import type { EmergencyContact, Roster, RosterDomain, RosterMember } from './roster.ts';
import { readStrictJson } from './strict-json.ts';
import { isU32 } from './u32.ts';
import { isUuid } from './uuid.ts';

type Fields = Record<string, unknown>;

const hashSize = 32;

/**
 * The roster in the bytes that were signed. What holds in every roster, whatever stood before it, is held here: its
 * members are there and nothing else is, ids stand once in a list, there is an owner, owners hold every domain, and each
 * generation that is in use has a key.
 * @throws CryptoError `crypto/roster` on anything else.
 */
export function readRoster(bytes: Uint8Array): Roster {
	try {
		const fields = members(
			readStrictJson(bytes),
			'v',
			'entity',
			'epoch',
			'counter',
			'prev',
			'members',
			'domains',
			'emergency'
		);
		const roster: Roster = {
			v: hold(fields['v'], (value) => value === 1),
			entity: id(fields['entity']),
			epoch: count(fields['epoch']),
			counter: count(fields['counter']),
			prev: fields['prev'] === null ? null : hash(fields['prev']),
			members: list(fields['members'], readMember),
			domains: readDomains(fields['domains']),
			emergency: list(fields['emergency'], readContact)
		};
		checkMembers(roster);
		return roster;
	} catch {
		throw new CryptoError('crypto/roster');
	}
}

function checkMembers({ members, emergency }: Roster): void {
	hold(members, () => members.some(({ role }) => role === 'owner'));
	for (const { role, domains } of members) hold(role, () => role !== 'owner' || domains.length === DOMAINS.length);
	for (const rows of [members, emergency]) holdOnce(rows.map((row) => row.id));
}

function readMember(value: unknown): RosterMember {
	const row = members(value, 'id', 'identity', 'role', 'domains');
	return {
		id: id(row['id']),
		identity: hash(row['identity']),
		role: hold(row['role'], (role) => typeof role === 'string' && isRole(role)),
		domains: domainList(row['domains'])
	};
}

function readContact(value: unknown): EmergencyContact {
	const row = members(value, 'id', 'identity', 'domains', 'wait');
	return {
		id: id(row['id']),
		identity: hash(row['identity']),
		domains: domainList(row['domains']),
		wait: wholeNumber(row['wait'])
	};
}

function readDomains(value: unknown): Roster['domains'] {
	const named = Object.entries(object(value));
	return Object.fromEntries(named.map(([name, domain]) => [domainName(name), readDomain(domain)]));
}

function readDomain(value: unknown): RosterDomain {
	const row = members(value, 'oldest', 'current', 'keys');
	const [oldest, current] = [wholeNumber(row['oldest']), count(row['current'])];
	const keys = Object.entries(object(row['keys'])).map(([generation, key]) => [generation, hash(key)] as const);
	const first = Math.max(oldest, 1);
	hold(keys, () => oldest <= current && isU32(current) && keys.length === current - first + 1);
	const read = Object.fromEntries(keys);
	for (let generation = first; generation <= current; generation++) hold(read[generation], isText);
	return { oldest, current, keys: read };
}

/** An object that has these members and no other. */
function members(value: unknown, ...names: string[]): Fields {
	const fields = object(value);
	return hold(
		fields,
		() => Object.keys(fields).length === names.length && names.every((name) => Object.hasOwn(fields, name))
	);
}

function object(value: unknown): Fields {
	return hold(value, () => typeof value === 'object' && value !== null && !Array.isArray(value));
}

function list<Row>(value: unknown, read: (row: unknown) => Row): Row[] {
	return hold<unknown[]>(value, Array.isArray).map((row) => read(row));
}

function domainList(value: unknown): Domain[] {
	return holdOnce(list(value, domainName));
}

function domainName(value: unknown): Domain {
	return hold(value, (name) => isText(name) && isDomain(name));
}

function id(value: unknown): string {
	return hold(value, (text) => isText(text) && isUuid(text));
}

function hash(value: unknown): string {
	return hold(value, (text) => isText(text) && fromBase64url(text).length === hashSize);
}

/** A whole number from 1. */
function count(value: unknown): number {
	return hold(wholeNumber(value), (number) => number !== 0);
}

function wholeNumber(value: unknown): number {
	return hold(value, (number) => Number.isSafeInteger(number) && (number as number) >= 0);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function holdOnce<Value>(values: Value[]): Value[] {
	return hold(values, () => new Set(values).size === values.length);
}

/** The value, if the condition holds of it. */
function hold<Value>(value: unknown, condition: (value: unknown) => boolean): Value {
	if (!condition(value)) throw new CryptoError('crypto/roster');
	return value as Value;
}
