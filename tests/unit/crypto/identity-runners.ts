import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { openBundle, sealBundle } from '../../../src/lib/crypto/bundle.ts';
import { parseBundle, writeBundle } from '../../../src/lib/crypto/bundle-json.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { ed25519, verifySignature } from '../../../src/lib/crypto/ed25519.ts';
import { noble } from '../../../src/lib/crypto/ed25519-noble.ts';
import { hkdf } from '../../../src/lib/crypto/hkdf.ts';
import { identityHash, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { unpadText } from '../../../src/lib/crypto/padded-text.ts';
import { safetyNumber } from '../../../src/lib/crypto/safety-number.ts';
import { readSuccession, writeSuccession } from '../../../src/lib/crypto/succession.ts';
import { toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { Cast, fromHexText } from './cast.ts';
import { implementations } from './implementations.ts';
import { expectLaterRefusal } from './refusals.ts';
import { number, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const cast = new Cast('succession');
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));
const header = { layer: 'U', keyNumber: 0 } as const;

async function identity(vector: Vector): Promise<void> {
	const seeds = { kem: bytesOf(vector, 'kemSeed'), sign: bytesOf(vector, 'signSeed') };
	const made = await publicIdentity(seeds);
	const [hash, safety] = [await identityHash(made), await safetyNumber(made)];
	const written = { kem: hex(made.kem), sign: hex(made.sign), hash: hex(hash), safety: safety.join(' ') };
	expect(written).toEqual(vector.expect);
	const byNode = createHash('sha256').update('arca/1 identity\0').update(made.kem).update(made.sign);
	expect(written.hash).toBe(byNode.digest('hex'));
}

async function verify(vector: Vector): Promise<void> {
	for (const way of [await ed25519(), noble]) {
		const check = (given: Vector) =>
			verifySignature(bytesOf(given, 'public'), bytesOf(given, 'message'), bytesOf(given, 'signature'), way);
		if (vector.expect === 'refuse') await expectLaterRefusal('crypto/signature', check(vector));
		expect(await check(vectorNamed('identity', 'verifies'))).toBe(undefined);
	}
}

async function writeStatement(vector: Vector): Promise<void> {
	const side = async (name: string) => ({ identity: cast.actor(name).identity, signer: await cast.signer(name) });
	const [from, to] = [await side(text(vector, 'from')), await side(text(vector, 'to'))];
	const statement = await writeSuccession(text(vector, 'user'), from, to, Number(text(vector, 'time')));
	expect(hex(statement)).toBe(vector.expect);
}

async function readStatement(vector: Vector): Promise<void> {
	const read = async (given: Vector): Promise<string> => {
		const pinned = cast.actor(text(given, 'from')).identity;
		const next = await readSuccession(text(given, 'user'), pinned, bytesOf(given, 'statement'));
		return hex(await identityHash(next));
	};
	const good = vector.expect === 'refuse' ? vectorNamed('succession', 'moves the pin') : vector;
	if (vector.expect === 'refuse') await expectLaterRefusal('crypto/signature', read(vector));
	expect(await read(good)).toBe(good.expect);
}

/** Seals byte for byte; both other ciphers open what came out, and there is the JSON of the vector in it. */
async function seal(vector: Vector): Promise<void> {
	const [accountKey, user, json] = [bytesOf(vector, 'accountKey'), text(vector, 'user'), text(vector, 'json')];
	const version = number(vector, 'version');
	const envelope = await sealBundle(accountKey, user, version, parseBundle(toUtf8(json)), bytesOf(vector, 'nonce'));
	const { key } = vector.expect as { key: string };
	expect({ key: hex(await hkdf(accountKey, 'arca/1 bundle')), envelope: hex(envelope) }).toEqual(vector.expect);
	const entity = '00000000-0000-0000-0000-000000000000';
	const place = { purpose: 'bundle', entity, domain: '', object: user, revision: BigInt(version) } as const;
	for (const { open } of implementations) expect(unpadText(open(fromHexText(key), header, place, envelope))).toBe(json);
}

async function open(vector: Vector): Promise<unknown> {
	const good = vectorNamed('bundle', 'opens').expect as { kem: string; sign: string };
	const seed = (from: string) => new Uint8Array(Buffer.from(from, 'base64url'));
	const served = await publicIdentity({ kem: seed(good.kem), sign: seed(good.sign) });
	const seen = vector['seen'] === undefined ? undefined : number(vector, 'seen');
	const [accountKey, version] = [bytesOf(vector, 'accountKey'), number(vector, 'version')];
	const bundle = await openBundle(accountKey, text(vector, 'user'), version, bytesOf(vector, 'envelope'), served, seen);
	return JSON.parse(new TextDecoder().decode(writeBundle(bundle)));
}

async function openVector(vector: Vector): Promise<void> {
	const good = vector.expect === 'refuse' ? vectorNamed('bundle', 'opens') : vector;
	const code = vector['seen'] === undefined ? 'crypto/cannot-open' : 'crypto/rolled-back';
	if (vector.expect === 'refuse') await expectLaterRefusal(code, open(vector));
	expect(await open(good)).toEqual(good.expect);
}

export const identityRunners = {
	identity: { identity, verify },
	succession: { write: writeStatement, read: readStatement },
	bundle: { seal, open: openVector }
};
