import { createHmac, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { labels } from '../../../src/lib/crypto/labels.ts';
import { EntityKeys } from '../../../src/lib/server/system-layer/entity-keys.ts';
import { parseSystemKeys } from '../../../src/lib/server/system-layer/index.ts';
import { expectRefusal } from './refusals.ts';

const one = randomBytes(32).toString('base64');
const two = randomBytes(32).toString('base64');
const entity = '0596c739-8fcc-4ba5-b955-c0d8f3cd317d';

function systemKeyOf(bytes: Buffer) {
	const key = parseSystemKeys(`1:${bytes.toString('base64')}`).keys.get(1);
	if (!key) throw new Error('the ring has no key 1');
	return key;
}

describe('the key ring', () => {
	test('has the first entry as its active key and keeps the rest', () => {
		const { active, keys } = parseSystemKeys(`9:${one},4294967295:${two}`);
		expect(active).toBe(9);
		expect([...keys.keys()]).toEqual([9, 4294967295]);
		expect(keys.get(4294967295)?.export().toString('base64')).toBe(two);
	});

	/** The same key with one of the spare bits of its last character set: it decodes to the same bytes. */
	const spare = `${one.slice(0, 42)}${String.fromCharCode(one.charCodeAt(42) + 1)}=`;

	test.each([
		['nothing', '', 1],
		['white space', ' ', 1],
		['an empty entry', `1:${one},`, 2],
		['an empty first entry', `,1:${one}`, 1],
		['no id', `:${one}`, 1],
		['an id in hexadecimal', `0x1:${one}`, 1],
		['an id with a zero before it', `01:${one}`, 1],
		['an id with a sign', `+1:${one}`, 1],
		['an id above u32', `1:${one},4294967296:${two}`, 2],
		['a space after the comma', `1:${one}, 2:${two}`, 2],
		['a line at the end', `1:${one}\n`, 1],
		['a key without padding', `1:${one.slice(0, -1)}`, 1],
		['a key of 33 bytes', `1:${randomBytes(33).toString('base64')}`, 1],
		['a key in base64url', `1:${Buffer.alloc(32, 0xfb).toString('base64url')}=`, 1],
		['a key with spare bits', `1:${spare}`, 1],
		['a third part', `1:${one}:x`, 1],
		['an id twice', `1:${one},2:${two},1:${randomBytes(32).toString('base64')}`, 3],
		['a key twice', `1:${one},2:${one}`, 2]
	])('is refused with %s, by the number of the entry and without what it holds', (_, text, entry) => {
		expectRefusal('crypto/system-keys', () => parseSystemKeys(text));
		expect(() => parseSystemKeys(text)).toThrow(new RegExp(`^ARCA_SYSTEM_KEYS: entry ${entry} `));
		expect(() => parseSystemKeys(text)).not.toThrow(new RegExp(one.slice(0, 8).replaceAll('+', '\\+')));
		expect(parseSystemKeys(`1:${one},2:${two}`).active).toBe(1);
	});

	test('prints no key', () => {
		const printed = inspect(parseSystemKeys(`1:${one}`), { depth: 9, showHidden: true });
		for (const form of ['base64', 'base64url', 'hex'] as const)
			expect(printed).not.toContain(Buffer.from(one, 'base64').toString(form).slice(0, 12));
	});
});

describe("an entity's key", () => {
	test('is HKDF of the system key with the label and the id as salt, written out with HMAC', () => {
		const systemKey = randomBytes(32);
		const pseudorandom = createHmac('sha256', Buffer.from(entity.replaceAll('-', ''), 'hex'))
			.update(systemKey)
			.digest();
		const expected = createHmac('sha256', pseudorandom).update(`${labels.system}\x01`).digest('hex');
		expect(new EntityKeys(systemKeyOf(systemKey)).of(entity)?.export().toString('hex')).toBe(expected);
	});

	test.each([entity.toUpperCase(), '', 'entity', `${entity} `])('is not given to %j, which is no id', (text) => {
		const keys = new EntityKeys(systemKeyOf(randomBytes(32)));
		expect(keys.of(text)).toBeUndefined();
		expect(keys.size).toBe(0);
	});

	test('is kept derived, at most as many as are allowed, the least recently used forgotten first', () => {
		const keys = new EntityKeys(systemKeyOf(randomBytes(32)), 3);
		const ids = [1, 2, 3, 4].map((digit) => entity.replace(/.$/, String(digit)));
		const [first, second, third, fourth] = ids as [string, string, string, string];
		const kept = new Map(ids.slice(0, 3).map((id) => [id, keys.of(id)]));
		expect(keys.of(first)).toBe(kept.get(first));
		keys.of(fourth);
		expect(keys.size).toBe(3);
		expect(keys.of(first)).toBe(kept.get(first));
		expect(keys.of(third)).toBe(kept.get(third));
		expect(keys.of(second)).not.toBe(kept.get(second));
		expect(keys.of(second)?.equals(kept.get(second) as never)).toBe(true);
		expect(keys.size).toBe(3);
	});
});
