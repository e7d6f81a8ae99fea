import { describe, expect, test } from 'vitest';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import { bodyKey, domainKeyHash, drawDomainKey } from '../../../src/lib/crypto/domain-key.ts';
import { makeSigner } from '../../../src/lib/crypto/ed25519.ts';
import { grantChecks, openGrant, sealGrant } from '../../../src/lib/crypto/grant.ts';
import type { Grant, GrantChecks } from '../../../src/lib/crypto/grant.ts';
import { hpkeSuite, nobleSuite } from '../../../src/lib/crypto/hpke.ts';
import { drawIdentity, identityHash, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import type { GrantUse } from '../../../src/lib/crypto/roster-rights.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import { expectLaterRefusal } from './refusals.ts';
import { anyHash, base64url, entity, rowOf } from './roster-play.ts';

async function makePerson() {
	const own = drawIdentity();
	const identity = await publicIdentity(own);
	const hash = base64url(await identityHash(identity));
	return { id: crypto.randomUUID(), identity, hash, private: own, signer: await makeSigner(own.sign) };
}

const [owner, administrator, member] = [await makePerson(), await makePerson(), await makePerson()];
const [contact, ghost, former] = [await makePerson(), await makePerson(), await makePerson()];

const key = drawDomainKey();
const hashOf = async (domain: string, generation: number, of = key): Promise<string> =>
	base64url(await domainKeyHash({ entity, domain, generation }, of));
const roster: Roster = {
	...{ v: 1, entity, epoch: 1, counter: 4, prev: anyHash() },
	members: [rowOf(owner, 'owner'), rowOf(administrator, 'administrator', 'health'), rowOf(member, 'member', 'health')],
	domains: {
		health: { oldest: 1, current: 2, keys: { 1: await hashOf('health', 1), 2: await hashOf('health', 2) } },
		chat: { oldest: 0, current: 1, keys: { 1: await hashOf('chat', 1) } }
	},
	emergency: [{ id: contact.id, identity: contact.hash, domains: ['health'], wait: 7 }]
};
const health = { use: 'member' as GrantUse, domain: 'health' as const, generation: 2, key };
const off = (): void => undefined;

describe('a domain key', () => {
	test('is granted by either implementation of HPKE and opened by its grantee, as a member and as a contact', async () => {
		for (const by of [hpkeSuite(), nobleSuite()]) {
			for (const grantor of [owner, administrator]) {
				const granted = await sealGrant(roster, health, member, grantor, { by });
				expect([granted.sealed.length, granted.signature.length]).toEqual([1168, 64]);
				expect(await openGrant(roster, granted, grantor.identity, member)).toEqual(key);
			}
			const kept = await sealGrant(roster, { ...health, use: 'emergency' }, contact, owner, { by });
			expect(await openGrant(roster, kept, owner.identity, contact)).toEqual(key);
		}
	});

	test('is drawn anew each time, 32 bytes, and is used only as a key that cannot be taken out', async () => {
		expect(new Set(Array.from({ length: 100 }, () => base64url(drawDomainKey()))).size).toBe(100);
		expect(drawDomainKey()).toHaveLength(32);
		await expect(crypto.subtle.exportKey('raw', await bodyKey(drawDomainKey()))).rejects.toThrow();
		for (const size of [0, 16, 31, 33]) await expectLaterRefusal('crypto/input', bodyKey(randomBytes(size)));
	});

	test('has another hash for every entity, domain and generation', async () => {
		const names = [entity, owner.id].flatMap((of) =>
			DOMAINS.flatMap((domain) => [1, 2, 256].map((generation) => ({ entity: of, domain, generation })))
		);
		const hashes = await Promise.all(names.map(async (name) => base64url(await domainKeyHash(name, key))));
		expect(new Set(hashes).size).toBe(names.length);
		for (const name of [{ generation: 0 }, { generation: 2 ** 32 }, { domain: 'a\0' }, { entity: 'nobody' }])
			await expectLaterRefusal(
				'crypto/input',
				domainKeyHash({ entity, domain: 'health', generation: 1, ...name }, key)
			);
		await expectLaterRefusal(
			'crypto/input',
			domainKeyHash({ entity, domain: 'health', generation: 1 }, key.subarray(1))
		);
	});
});

describe('keys go to the signed roster and to nobody else', () => {
	test('a row that only the table has gets none in a rotation, and would get one without that check', async () => {
		await expectLaterRefusal('crypto/roster', sealGrant(roster, health, ghost, owner));
		const lax = { ...grantChecks, checkGrantee: off };
		const leaked = await sealGrant(roster, health, ghost, owner, { checks: lax });
		expect(await openGrant(roster, leaked, owner.identity, ghost, lax)).toEqual(key);
		await expectLaterRefusal('crypto/cannot-open', openGrant(roster, leaked, owner.identity, ghost));
		expect((await sealGrant(roster, health, member, owner)).member).toBe(member.id);
	});

	test('a member under another identity than the roster names gets none', async () => {
		const substituted = { id: member.id, identity: ghost.identity };
		await expectLaterRefusal('crypto/identity-changed', sealGrant(roster, health, substituted, owner));
	});

	test.each<[string, Partial<typeof health>, typeof owner, typeof owner]>([
		['a domain that the member does not have', { domain: 'chat' as 'health', generation: 1 }, member, owner],
		['a contact as a member', {}, contact, owner],
		['a member as a contact', { use: 'emergency' }, member, owner],
		['a grantor without the right', {}, owner, member],
		['a grantor who is not there', {}, member, former],
		['a grantor under another identity', {}, member, { ...former, id: owner.id }],
		['a key that is not the one of the generation', { key: drawDomainKey() }, member, owner],
		['a generation that is not there', { generation: 3 }, member, owner]
	])('no grant is made for %s', async (_, change, to, by) => {
		await expectLaterRefusal('crypto/roster', sealGrant(roster, { ...health, ...change }, to, by));
	});
});

/** Refused by all checks, opened without the one that stops it. */
async function stoppedBy(check: keyof GrantChecks, grant: Grant, grantor: typeof owner, on = roster): Promise<void> {
	await expectLaterRefusal('crypto/cannot-open', openGrant(on, grant, grantor.identity, member));
	const lax = { ...grantChecks, [check]: off };
	await expect(openGrant(on, grant, grantor.identity, member, lax)).resolves.toHaveLength(32);
}

describe('a planted key is refused, and only one check stands in its way', () => {
	const lax = { checkEntity: off, checkGrantee: off, checkGrantor: off, checkKey: off } as unknown as GrantChecks;
	const plant = async (by: typeof owner, of = key, on = roster): Promise<Grant> =>
		sealGrant(on, { ...health, key: of }, member, by, { checks: { ...grantChecks, ...lax } });

	test('a key of the server, granted in the name of the owner', async () => {
		const named = await plant({ ...ghost, id: owner.id });
		await stoppedBy('checkSignature', named, owner);
	});

	test('a key of an administrator whom the roster does not know as one', async () => {
		await stoppedBy('checkKey', await plant(administrator, drawDomainKey()), administrator);
	});

	test('the true key, granted by a former member or by one without the right', async () => {
		for (const by of [former, member]) await stoppedBy('checkGrantor', await plant(by), by);
	});

	test('a grant of another entity', async () => {
		const elsewhere = owner.id;
		const named = base64url(await domainKeyHash({ entity: elsewhere, domain: 'health', generation: 2 }, key));
		const crossed = { ...roster, domains: { health: { oldest: 2, current: 2, keys: { 2: named } } } };
		await stoppedBy('checkEntity', await plant(owner, key, { ...crossed, entity: elsewhere }), owner, crossed);
	});

	test('a grant to somebody who is in the roster no more', async () => {
		const without = { ...roster, members: roster.members.filter(({ id }) => id !== member.id) };
		await stoppedBy('checkGrantee', await plant(owner), owner, without);
	});
});

test('no flipped bit of a grant opens', async () => {
	const granted = await sealGrant(roster, health, member, owner);
	for (const part of ['sealed', 'signature'] as const) {
		for (let at = 0; at < granted[part].length; at += 61) {
			const flipped = { ...granted, [part]: granted[part].with(at, (granted[part][at] ?? 0) ^ 1) };
			await expectLaterRefusal('crypto/cannot-open', openGrant(roster, flipped, owner.identity, member));
			// And not where the signature is not looked at, either: HPKE itself holds what is sealed.
			if (part === 'signature') continue;
			const lax = { ...grantChecks, checkSignature: () => Promise.resolve() };
			await expectLaterRefusal('crypto/cannot-open', openGrant(roster, flipped, owner.identity, member, lax));
		}
	}
	expect(await openGrant(roster, granted, owner.identity, member)).toEqual(key);
});
