import { createHash, randomBytes } from 'node:crypto';
import { bodyOf } from './person.ts';

const random = (size: number): string => randomBytes(size).toString('base64url');

/** A public identity of the right length. The database cannot tell whether a key is one. */
export function identityOf() {
	return { kem: random(1216), sign: random(32) };
}

/** What put_keys takes, for a version. */
export function keysArgs(version: number, identity: ReturnType<typeof identityOf>, rosters: object[] = []) {
	const password = { salt: random(16), params: [65_536, 3, 1], token: random(32), account_key: random(60) };
	return { version, slots: { password }, identity, bundle: { version, body: bodyOf('b') }, rosters };
}

/** A roster of one owner with a generation of health, as post_roster takes it; `before` is the text of the one before. */
export function rosterOf(entity: string, owner: string, { before = '', oldest = 0, current = 1 } = {}) {
	const last = before === '' ? null : (JSON.parse(before) as { counter: number });
	const counter = (last?.counter ?? 0) + 1;
	const identity = digest(owner);
	const generations = Array.from({ length: current - Math.max(oldest, 1) + 1 }, (_, at) => Math.max(oldest, 1) + at);
	const keys = Object.fromEntries(generations.map((generation) => [generation, digest(`${entity} ${generation}`)]));
	const text = JSON.stringify({
		v: 1,
		entity,
		epoch: 1,
		counter,
		prev: before === '' ? null : digest(before),
		members: [{ id: owner, identity, role: 'owner', domains: ['health', 'finances', 'administration', 'chat'] }],
		domains: { health: { oldest, current, keys } },
		emergency: []
	});
	const grants = generations.map((generation) => ({
		...{ entity, domain: 'health', generation, member: owner, grantor: owner },
		...{ sealed: random(1168), signature: random(64) }
	}));
	const bytes = Buffer.from(text).toString('base64url');
	const roster = { entity, epoch: 1, counter: String(counter), bytes, signature: random(64), signer: owner };
	return { text, roster: { ...roster, grants, emergency: [] } };
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
