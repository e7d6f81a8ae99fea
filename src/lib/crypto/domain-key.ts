import { randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { hkdfAesKey } from './hkdf.ts';
import { labels } from './labels.ts';
import { isU32, writeU32 } from './u32.ts';
import { toUtf8 } from './utf8.ts';
import { writeUuid } from './uuid.ts';

/** Bytes of a domain key. */
export const domainKeySize = 32;

/** Which of an entity's domain keys is meant. */
export interface DomainKeyName {
	/** A UUID in lower case. */
	entity: string;
	/** Any text without a zero character. */
	domain: string;
	/** A u32 from 1 on. */
	generation: number;
}

/** A new domain key: 32 random bytes. */
export function drawDomainKey(): Bytes {
	return randomBytes(domainKeySize);
}

/**
 * What rosters name a domain key by: SHA-256("arca/1 domain-key" 0 entity id, domain 0, generation u32, key).
 * @throws CryptoError `crypto/input` on a key of another length, or a name that the format has no room for.
 */
export async function domainKeyHash(name: DomainKeyName, key: Bytes): Promise<Bytes> {
	if (key.length !== domainKeySize) throw new CryptoError('crypto/input');
	const named = nameBytes(labels.domainKey, name, domainKeySize);
	named.set(key, named.length - domainKeySize);
	try {
		return await sha256(named);
	} finally {
		named.fill(0);
	}
}

/**
 * A domain key in use: HKDF(domain key, "arca/1 body"), an AES-256-GCM key that seals and opens bodies of purpose
 * "record" and cannot be exported.
 * @throws CryptoError `crypto/input` on a key of another length.
 */
export async function bodyKey(key: Bytes): Promise<CryptoKey> {
	if (key.length !== domainKeySize) throw new CryptoError('crypto/input');
	return hkdfAesKey(key, labels.body);
}

/**
 * `label 0 entity(16) domain 0 generation u32`, then `room` zero bytes.
 * @throws CryptoError `crypto/input` on a name that the format has no room for.
 */
export function nameBytes(label: string, { entity, domain, generation }: DomainKeyName, room = 0): Bytes {
	if (!isU32(generation) || generation === 0 || domain.includes('\0')) throw new CryptoError('crypto/input');
	const [front, middle] = [toUtf8(`${label}\0`), toUtf8(`${domain}\0`)];
	const bytes = new Uint8Array(front.length + 16 + middle.length + 4 + room);
	bytes.set(front);
	writeUuid(entity, bytes, front.length);
	bytes.set(middle, front.length + 16);
	writeU32(generation, bytes, front.length + 16 + middle.length);
	return bytes;
}
