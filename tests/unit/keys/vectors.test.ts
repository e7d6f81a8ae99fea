// The protocol's own vectors, made by an independent implementation, put to the keyring's modules.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Domain } from '../../../src/lib/api/ids.ts';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { openAesGcm, sealAesGcm } from '../../../src/lib/crypto/aes-gcm.ts';
import { sealBundle } from '../../../src/lib/crypto/bundle.ts';
import { bodyKey } from '../../../src/lib/crypto/domain-key.ts';
import { fromHex } from '../../../src/lib/crypto/hex.ts';
import { drawIdentity, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { defaultParameters } from '../../../src/lib/crypto/kdf.ts';
import type { Roster } from '../../../src/lib/crypto/roster.ts';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import { acceptEntity, viewOf } from '../../../src/lib/keys/accept-entity.ts';
import { Account } from '../../../src/lib/keys/account.ts';
import { identityText } from '../../../src/lib/keys/api-bytes.ts';
import type { ServedEntity } from '../../../src/lib/keys/key-verbs.ts';
import { ownIdentity } from '../../../src/lib/keys/own-identity.ts';
import { unlockAccount } from '../../../src/lib/keys/unlock-account.ts';
import { vectorsOf } from '../crypto/vectors.ts';
import { realArgon2 } from './quick-argon2.ts';

interface Person {
	id: string;
	kemSeed: string;
	signSeed: string;
	kem: string;
	sign: string;
	hash: string;
}
interface VectorFile {
	people: Record<string, Person>;
	rosters: Record<string, { signer: string; text: string; signature: string; hash: string }>;
}

const file = (name: string): VectorFile =>
	JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8')) as VectorFile;
const b64u = (hex: string): string => toBase64url(fromHex(hex));
const AT = '2026-01-01T00:00:00.000Z';

/** The opened account of somebody of the vectors, who knows whoever they compared safety numbers with. */
async function accountOf(person: Person, compared: readonly Person[] = []): Promise<Account> {
	const self = await ownIdentity(person.id, { kem: fromHex(person.kemSeed), sign: fromHex(person.signSeed) });
	const pins = new Map(compared.map(({ id, hash }) => [id, { identity: b64u(hash), verified: true, since: AT }]));
	const facts = { pins, rosters: new Map(), params: { ...defaultParameters } };
	const slots = {
		password: { salt: '', params: [65_536, 3, 1] as [number, number, number], token: '', accountKey: '' }
	};
	return Account.open(self, new Uint8Array(32), facts, { keysVersion: 1, bundleVersion: 1, slots });
}

/** Rosters of a file as a server gives them, with the one identity that each of its people has. */
function served({ people, rosters }: VectorFile, names: readonly string[]): ServedEntity {
	const given = names.map((name) => {
		const { signer, text, signature } = rosters[name] ?? { signer: '', text: '{}', signature: '' };
		const { epoch, counter } = JSON.parse(text) as Roster;
		const bytes = toBase64url(new TextEncoder().encode(text));
		const by = people[signer]?.id ?? '';
		return { epoch, counter: String(counter), bytes, signature: b64u(signature), signer: by, at: AT };
	});
	const known = Object.entries(people).filter(([name]) => !name.includes(','));
	const identities = known.map(([, { id, kem, sign }]) => {
		return { id, identities: [{ kem: b64u(kem), sign: b64u(sign), at: AT }], successions: [] };
	});
	const entity = (JSON.parse(rosters[names[0] ?? '']?.text ?? '{}') as Roster).entity;
	return { entity, rosters: given, grants: [], people: identities };
}

describe('unlocking by the vectors of wrapped account keys, at the real cost', () => {
	const vectors = vectorsOf('account-key').filter((vector) => vector.do === 'unlock');
	const accountKey = vectors.map(({ expect: key }) => key as string).find((key) => key !== 'refuse') ?? '';

	test.each(vectors.map((vector) => [vector.name, vector] as const))(
		'%s',
		async (_, vector) => {
			const { user, salt, token, wrapped, password, params } = vector as unknown as Record<string, string>;
			const { m, t, p } = params as unknown as { m: number; t: number; p: number };
			const identity = drawIdentity();
			const bundle = { identity, pins: new Map(), rosters: new Map(), params: { ...defaultParameters } };
			const sealed = await sealBundle(fromHex(accountKey), user ?? '', 1, bundle);
			const slot = { salt: b64u(salt ?? ''), params: [m, t, p] as [number, number, number] };
			const opened = unlockAccount(realArgon2, {
				user: user ?? '',
				keys: {
					version: 1,
					slots: { password: { ...slot, token: b64u(token ?? ''), accountKey: b64u(wrapped ?? '') } },
					identity: identityText(await publicIdentity(identity)),
					...{ at: AT, reset: null }
				},
				bundle: { version: 1, sealed: toBase64url(sealed) },
				by: { password: passwordBytes(password ?? '') }
			});
			if (vector.expect === 'refuse') await expect(opened).rejects.toMatchObject({ name: 'CryptoError' });
			else await expect(opened).resolves.toBeInstanceOf(Account);
		},
		60_000
	);
});

describe('accepting the chain of the vectors', () => {
	const vectors = file('roster');
	const names = Object.keys(vectors.rosters).filter((name) => /^(?:1$|[2-6], )/.test(name) && !name.includes('->'));
	const { owner, member } = vectors.people as { owner: Person; member: Person };

	test('its owner, and a member who compared safety numbers with the owner, come to the same', async () => {
		expect(names).toHaveLength(6);
		const chain = served(vectors, names);
		for (const account of [await accountOf(owner), await accountOf(member, [owner])]) {
			const view = viewOf(await acceptEntity(account, chain, undefined), chain, account.self);
			expect(view.mark).toMatchObject({ epoch: 1, counter: 6 });
			expect(view.layers.find(({ domain }) => domain === 'health')).toMatchObject({ oldest: 2, current: 2 });
		}
	});

	test('who compared with nobody accepts nothing, and a roster left out is noticed', async () => {
		const stranger = acceptEntity(await accountOf(member), served(vectors, names), undefined);
		await expect(stranger).rejects.toMatchObject({ code: 'crypto/identity-changed' });
		const gap = served(
			vectors,
			names.filter((_, at) => at !== 3)
		);
		await expect(acceptEntity(await accountOf(owner), gap, undefined)).rejects.toMatchObject({ code: 'crypto/roster' });
	});
});

describe('taking the keys of the vectors of grants', () => {
	const vectors = file('grant');
	const { people, rosters } = vectors;
	const opens = vectorsOf('grant').filter(
		({ do: what, use, roster }) => what === 'open' && use === 'member' && roster === 'accepted'
	);

	test.each(opens.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
		const { member, grantor, domain, generation, entity, sealed, signature } = vector as unknown as Record<
			string,
			string
		>;
		const [to, from] = [people[member ?? ''], people[grantor ?? '']];
		const { text, hash } = rosters['accepted'] ?? { text: '{}', hash: '' };
		if (!to || !from) throw new Error(`${vector.name} names nobody`);
		const account = await accountOf(to);
		const { epoch, counter } = JSON.parse(text) as Roster;
		const chain = served(vectors, ['accepted']);
		const shown = [{ kem: b64u(from.kem), sign: b64u(from.sign), at: AT }];
		chain.people = chain.people.map((one) => (one.id === from.id ? { ...one, identities: shown } : one));
		account.mark(chain.entity, { epoch, counter, hash: b64u(hash) });
		const place = { entity: entity ?? '', domain: domain as Domain, generation: Number(generation) };
		const grant = {
			...place,
			member: to.id,
			grantor: from.id,
			sealed: b64u(sealed ?? ''),
			signature: b64u(signature ?? '')
		};
		const keys = await acceptEntity(account, { ...chain, grants: [grant] }, undefined);
		const taken = keys.keysOf(place.domain).get(place.generation);
		if (vector.expect === 'refuse') return expect(taken).toBeUndefined();
		const [nonce, none, secret] = [new Uint8Array(12), new Uint8Array(), new Uint8Array([7])];
		const box = await sealAesGcm(await bodyKey(fromHex(vector.expect as string)), nonce, none, secret);
		expect(taken && (await openAesGcm(taken, nonce, none, box))).toEqual(secret);
	});
});
