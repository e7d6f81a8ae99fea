import { hkdfSync } from 'node:crypto';
import { expect } from 'vitest';
import type { Domain } from '../../../src/lib/access/domains.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { bodyKey } from '../../../src/lib/crypto/domain-key.ts';
import { mayWrite } from '../../../src/lib/crypto/roster-rights.ts';
import { openBody, sealBody } from '../../../src/lib/crypto/seal-records.ts';
import { readSignedPlain } from '../../../src/lib/crypto/signed-plain.ts';
import type { RecordPlace } from '../../../src/lib/crypto/signed-plain.ts';
import { Cast, fromHexText } from './cast.ts';
import { implementations } from './implementations.ts';
import { showRecords, signedPlain } from './record-bodies.ts';
import { number, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const cast = new Cast('record');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));
const keyBytes = (vector: Vector): Buffer =>
	Buffer.from(hkdfSync('sha256', bytesOf(vector, 'domainKey'), '', 'arca/1 body', 32));

function placeOf(vector: Vector): RecordPlace {
	return {
		entity: text(vector, 'entity'),
		domain: text(vector, 'domain'),
		id: text(vector, 'record'),
		revision: BigInt(text(vector, 'revision'))
	};
}

async function domainOf(vector: Vector) {
	const generation = number(vector, 'generation');
	return { ...placeOf(vector), generation, key: await bodyKey(bytesOf(vector, 'domainKey')) };
}

/** The key cannot be taken out, so what it seals is held against what the vector's bytes seal by another hand. */
async function inUse(vector: Vector): Promise<void> {
	expect(hex(keyBytes(vector))).toBe(vector.expect);
	const key = await bodyKey(bytesOf(vector, 'domainKey'));
	expect(key).toMatchObject({ extractable: false, algorithm: { name: 'AES-GCM', length: 256 } });
	const [place, nonce, plain] = [placeOf(vectorNamed('record', 'seal 0')), new Uint8Array(12), new Uint8Array(256)];
	const sealed = await sealBody({ ...place, generation: 3, key }, place, plain, nonce);
	for (const { open } of implementations) {
		const at = { purpose: 'record', ...place, object: place.id } as const;
		const opened = open(fromHexText(String(vector.expect)), { layer: 'U', keyNumber: 3 }, at, sealed);
		expect(hex(opened)).toBe(hex(plain));
	}
}

async function sign(vector: Vector): Promise<void> {
	const author = { id: cast.actor(text(vector, 'author')).id, signer: await cast.signer(text(vector, 'author')) };
	const plain = await signedPlain(placeOf(vector), author, text(vector, 'json'));
	expect(hex(plain)).toBe(vector.expect);
	expect(readSignedPlain(plain)).toMatchObject({
		content: new TextEncoder().encode(text(vector, 'json')),
		author: author.id
	});
}

/** Seals by WebCrypto, and opens with that and with both other implementations. */
async function seal(vector: Vector): Promise<void> {
	const [domain, place, plain] = [await domainOf(vector), placeOf(vector), bytesOf(vector, 'plain')];
	expect(hex(await sealBody(domain, place, plain, bytesOf(vector, 'nonce')))).toBe(vector.expect);
	const envelope = fromHexText(String(vector.expect));
	expect(await openBody(domain, place, envelope)).toEqual(plain);
	const at = { purpose: 'record', ...place, object: place.id } as const;
	for (const { open } of implementations) {
		const opened = open(keyBytes(vector), { layer: 'U', keyNumber: domain.generation }, at, envelope);
		expect(hex(opened)).toBe(hex(plain));
	}
}

async function open(vector: Vector): Promise<unknown> {
	const { entity, generation, key } = await domainOf(vector);
	const { id, identity } = cast.actor(text(vector, 'author'));
	const reader = {
		...{ entity, domain: text(vector, 'domain') as Domain, oldest: 1, current: 100_000 },
		keys: new Map([[generation, key]]),
		authors: new Map([[id, [identity.sign]]])
	};
	const { id: record, revision } = placeOf(vector);
	const row = { id: record, revision, generation, envelope: bytesOf(vector, 'envelope') };
	const [opened] = await showRecords(reader, [row]);
	return opened?.ok ? { author: opened.author, json: opened.json } : opened;
}

function writes(vector: Vector, rosters: Awaited<ReturnType<Cast['accepted']>>[]): boolean {
	const { id, hash } = cast.actor(text(vector, 'author'));
	return mayWrite(rosters, { id, identity: hash }, text(vector, 'domain') as Domain);
}

export const recordRunners = {
	'body-key': inUse,
	sign,
	seal,
	open: async (vector: Vector): Promise<void> => {
		const good = vector.expect === 'refuse' ? vectorNamed('record', 'opens 0') : vector;
		if (vector.expect === 'refuse') {
			const why = expect.stringMatching(/^(?:cannot-open|author)$/) as string;
			expect(await open(vector)).toEqual({ ok: false, why });
		}
		expect(await open(good)).toEqual(good.expect);
	},
	'may-write': async (vector: Vector): Promise<void> => {
		const rosters = await Promise.all((vector['rosters'] as string[]).map((name) => cast.accepted(name)));
		expect(writes(vector, rosters)).toBe(vector.expect === 'accept');
		expect(writes(vectorNamed('record', 'may write: a member'), rosters)).toBe(true);
	}
};
