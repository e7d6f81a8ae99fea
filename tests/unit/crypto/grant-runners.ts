import { KEM_MLKEM768_X25519 } from '@panva/hpke-noble';
import { XWing } from '@noble/post-quantum/hybrid.js';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256 } from 'hpke';
import { expect } from 'vitest';
import type { Domain } from '../../../src/lib/access/domains.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { domainKeyHash } from '../../../src/lib/crypto/domain-key.ts';
import { grantInfo, openGrant, sealGrant } from '../../../src/lib/crypto/grant.ts';
import type { Grant } from '../../../src/lib/crypto/grant.ts';
import type { GrantUse } from '../../../src/lib/crypto/roster-rights.ts';
import { Cast, fromHexText } from './cast.ts';
import { number, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const cast = new Cast('grant');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));

/** The suite of the protocol, with the chance of encapsulating given: by a library that takes it. */
function seededSuite(seed: Bytes): CipherSuite {
	const kem = KEM_MLKEM768_X25519();
	const Encap: typeof kem.Encap = async (key) => {
		const { cipherText, sharedSecret } = XWing.encapsulate(await kem.SerializePublicKey(key), seed);
		return { shared_secret: sharedSecret, enc: cipherText };
	};
	return new CipherSuite(() => ({ ...kem, Encap }), KDF_HKDF_SHA256, AEAD_AES_256_GCM);
}

async function keyHash(vector: Vector): Promise<void> {
	const name = {
		entity: text(vector, 'entity'),
		domain: text(vector, 'domain'),
		generation: number(vector, 'generation')
	};
	expect(hex(await domainKeyHash(name, bytesOf(vector, 'domainKey')))).toBe(vector.expect);
}

function grantOf(vector: Vector): Omit<Grant, 'sealed' | 'signature'> {
	return {
		use: text(vector, 'use') as GrantUse,
		entity: text(vector, 'entity'),
		domain: text(vector, 'domain') as Domain,
		generation: number(vector, 'generation'),
		member: cast.actor(text(vector, 'member')).id,
		grantor: cast.actor(text(vector, 'grantor')).id
	};
}

/** Seals with the vector's chance, byte for byte, and with chance of its own: what comes out opens. */
async function seal(vector: Vector): Promise<void> {
	const { roster } = await cast.accepted('accepted');
	const [member, grantor] = [cast.actor(text(vector, 'member')), cast.actor(text(vector, 'grantor'))];
	const { use, domain, generation, ...others } = grantOf(vector);
	const info = grantInfo({ use, domain, generation, ...others }, Buffer.from(member.hash, 'base64url'));
	const what = { use, domain, generation, key: bytesOf(vector, 'domainKey') };
	const who = { ...grantor, signer: await cast.signer(text(vector, 'grantor')) };
	const by = Promise.resolve(seededSuite(bytesOf(vector, 'encapsulationSeed')));
	const { sealed, signature } = await sealGrant(roster, what, member, who, { by });
	expect({ info: hex(info), sealed: hex(sealed), signature: hex(signature) }).toEqual(vector.expect);
	const fresh = await sealGrant(roster, what, member, who);
	expect(fresh.sealed).not.toEqual(sealed);
	expect(await openGrant(roster, fresh, grantor.identity, member)).toEqual(what.key);
}

async function open(vector: Vector): Promise<string> {
	const { roster } = await cast.accepted(text(vector, 'roster'));
	const grant = { ...grantOf(vector), sealed: bytesOf(vector, 'sealed'), signature: bytesOf(vector, 'signature') };
	const [member, grantor] = [cast.actor(text(vector, 'member')), cast.actor(text(vector, 'grantor'))];
	return hex(await openGrant(roster, grant, grantor.identity, member));
}

export const grantRunners = {
	'key-hash': keyHash,
	seal,
	open: async (vector: Vector): Promise<void> => {
		const good = vector.expect === 'refuse' ? vectorNamed('grant', 'a grant opens') : vector;
		if (vector.expect === 'refuse') await expect(open(vector)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(await open(good)).toBe(good.expect);
	}
};
