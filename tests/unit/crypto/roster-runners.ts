import { expect } from 'vitest';
import type { Domain } from '../../../src/lib/access/domains.ts';
import { checkSeen } from '../../../src/lib/crypto/accept-rosters.ts';
import type { RosterMark } from '../../../src/lib/crypto/accept-rosters.ts';
import { People } from '../../../src/lib/crypto/people.ts';
import type { KnownPerson } from '../../../src/lib/crypto/people.ts';
import { firstRoster, nextRoster } from '../../../src/lib/crypto/roster-chain.ts';
import { checkGrantee } from '../../../src/lib/crypto/roster-rights.ts';
import { rosterHash, signRoster } from '../../../src/lib/crypto/signed-roster.ts';
import { Cast } from './cast.ts';
import { text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const cast = new Cast('roster');

type Served = Record<string, { identities: string[]; successions?: string[]; confirmed?: boolean }>;

/** Who is known where a roster is checked: everybody without a comma in the name as they are, unless it is said. */
async function peopleOf(vector: Vector): Promise<People> {
	const known = new Map<string, KnownPerson>();
	for (const name of cast.names.filter((one) => !one.includes(','))) {
		const { id, identity } = cast.actor(name);
		known.set(id, { identities: [identity] });
	}
	for (const [name, { identities, successions = [], confirmed }] of Object.entries(
		(vector['served'] ?? {}) as Served
	)) {
		const actors = identities.map((one) => cast.actor(one));
		known.set(cast.actor(name).id, {
			identities: actors.map(({ identity }) => identity),
			successions: successions.map((one) => cast.succession(one)),
			...(confirmed && { confirmed: actors.at(-1)?.hash ?? '' })
		});
	}
	return People.of(known);
}

async function first(vector: Vector): Promise<string> {
	const before = vector['before'] === undefined ? undefined : await cast.accepted(text(vector, 'before'));
	const place = { entity: text(vector, 'entity'), before };
	const { hash } = await firstRoster(cast.signed(text(vector, 'next')), place, await peopleOf(vector));
	return hash;
}

async function next(vector: Vector): Promise<string> {
	const accepted = await cast.accepted(text(vector, 'previous'));
	const { hash } = await nextRoster(accepted, cast.signed(text(vector, 'next')), await peopleOf(vector));
	return hash;
}

async function seen(vector: Vector): Promise<string> {
	const accepted = await cast.accepted(text(vector, 'roster'));
	checkSeen(vector['seen'] as RosterMark, accepted);
	return accepted.hash;
}

async function grantee(vector: Vector): Promise<string> {
	const { roster, hash } = await cast.accepted(text(vector, 'roster'));
	const { id, hash: identity } = cast.actor(text(vector, 'member'));
	const use = vector['emergency'] === true ? 'emergency' : 'member';
	checkGrantee(roster, use, { id, identity }, text(vector, 'domain') as Domain);
	return hash;
}

/** Refuses what is to be refused with one of these codes, and then accepts the right one. */
function accepting(right: string, accept: (vector: Vector) => Promise<string>, named: string) {
	return async (vector: Vector): Promise<void> => {
		const good = vector.expect === 'refuse' ? vectorNamed('roster', right) : vector;
		if (vector.expect === 'refuse')
			await expect(accept(vector)).rejects.toMatchObject({
				name: 'CryptoError',
				code: expect.stringMatching(/^crypto\/(?:roster|signature|identity-changed|rolled-back)$/) as string
			});
		const { hash } = await cast.accepted(text(good, named));
		expect(await accept(good)).toBe(hash);
	};
}

export const rosterRunners = {
	sign: async (vector: Vector): Promise<void> => {
		const bytes = new TextEncoder().encode(text(vector, 'text'));
		const signature = await signRoster(bytes, await cast.signer(text(vector, 'signer')));
		const hash = Buffer.from(await rosterHash(bytes), 'base64url').toString('hex');
		expect({ signature: Buffer.from(signature).toString('hex'), hash }).toEqual(vector.expect);
	},
	first: accepting('first', first, 'next'),
	next: accepting('1 -> 2, the switch-on is done, an administrator', next, 'next'),
	seen: accepting('seen: the same', seen, 'roster'),
	grantee: accepting('grantee: a member', grantee, 'roster')
};
