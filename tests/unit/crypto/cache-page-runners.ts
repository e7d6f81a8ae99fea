import { createSecretKey, hkdfSync } from 'node:crypto';
import { expect } from 'vitest';
import { cacheKey } from '../../../src/lib/device/device-key.ts';
import { openCached, sealCached } from '../../../src/lib/device/page-seal.ts';
import type { CachePlace } from '../../../src/lib/device/page-seal.ts';
import { implementations } from './implementations.ts';
import { bytes, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');

function placeOf(vector: Vector): CachePlace {
	return { entity: text(vector, 'entity'), object: text(vector, 'page'), writes: BigInt(text(vector, 'writes')) };
}

/** The key as the app derives it; the device key itself is never bytes there. */
async function keyOf(vector: Vector): Promise<CryptoKey> {
	const raw = new Uint8Array(bytes(vector, 'deviceKey'));
	return cacheKey(await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']));
}

async function open(vector: Vector): Promise<string> {
	const envelope = new Uint8Array(bytes(vector, 'envelope'));
	return hex(await openCached(await keyOf(vector), placeOf(vector), envelope));
}

/** Seals by WebCrypto; the bytes open with both other implementations under the key that Node's HKDF derives. */
export async function sealCachePage(vector: Vector): Promise<void> {
	const { key, envelope } = vector.expect as { key: string; envelope: string };
	const derived = hkdfSync('sha256', createSecretKey(bytes(vector, 'deviceKey')), '', 'arca/1 device cache', 32);
	expect(hex(new Uint8Array(derived))).toBe(key);
	const [plain, nonce] = [new Uint8Array(bytes(vector, 'plain')), new Uint8Array(bytes(vector, 'nonce'))];
	expect(hex(await sealCached(await keyOf(vector), placeOf(vector), plain, nonce))).toBe(envelope);
	const { entity, object, writes } = placeOf(vector);
	const place = { purpose: 'cache' as const, entity, domain: '', object, revision: BigInt(writes) };
	for (const { open } of implementations) {
		const opened = open(Buffer.from(key, 'hex'), { layer: 'U', keyNumber: 0 }, place, Buffer.from(envelope, 'hex'));
		expect(hex(opened)).toBe(hex(plain));
	}
}

/** Refuses what is to be refused, and then opens the right one. */
export async function openCachePage(vector: Vector): Promise<void> {
	const good = vector.expect === 'refuse' ? vectorNamed('cache-page', 'opens') : vector;
	if (vector.expect === 'refuse') await expect(open(vector)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
	expect(await open(good)).toBe(good.expect);
}
