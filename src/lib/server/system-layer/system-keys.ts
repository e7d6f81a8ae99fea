import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { isU32 } from '../../crypto/u32.ts';
import '../canary.ts';

/** The server's key ring: new bodies are sealed with the active key, the rest still open what they sealed. */
export interface SystemKeys {
	/** The id of the key that seals. */
	readonly active: number;
	/** Keys of 32 bytes by id. */
	readonly keys: ReadonlyMap<number, KeyObject>;
}

/**
 * Reads `ARCA_SYSTEM_KEYS`: `id:base64` entries joined by commas, the first active. An id is a decimal u32, a key the
 * base64 of 32 bytes with its padding; an id or a key stands once.
 * @throws CryptoError `crypto/system-keys` at anything else. The message says which entry and never what it holds.
 */
export function parseSystemKeys(text: string): SystemKeys {
	const keys = new Map<number, KeyObject>();
	text.split(',').forEach((entry, index) => {
		const [id, key] = parseEntry(entry) ?? refuse(index, 'is not id:base64 of 32 bytes');
		if (keys.has(id)) refuse(index, 'has an id that an earlier one has');
		if ([...keys.values()].some((other) => other.equals(key))) refuse(index, 'has the key of an earlier one');
		keys.set(id, key);
	});
	const [active = refuse(0, 'is missing')] = keys.keys();
	return { active, keys };
}

function parseEntry(entry: string): [number, KeyObject] | undefined {
	const found = /^(0|[1-9]\d{0,9}):([A-Za-z0-9+/]{43}=)$/.exec(entry);
	if (!found?.[1] || !found[2] || !isU32(Number(found[1]))) return undefined;
	const bytes = Buffer.from(found[2], 'base64');
	// The last character has bits to spare; a second spelling of one key is a typing mistake.
	if (bytes.toString('base64') !== found[2]) return undefined;
	const key = createSecretKey(bytes);
	bytes.fill(0);
	return [Number(found[1]), key];
}

function refuse(index: number, why: string): never {
	throw new CryptoError('crypto/system-keys', `ARCA_SYSTEM_KEYS: entry ${index + 1} ${why}`);
}
