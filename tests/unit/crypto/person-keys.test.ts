import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { drawAccountKey } from '../../../src/lib/crypto/account-key.ts';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { openBundle, sealBundle } from '../../../src/lib/crypto/bundle.ts';
import { parseBundle, writeBundle } from '../../../src/lib/crypto/bundle-json.ts';
import type { Bundle } from '../../../src/lib/crypto/bundle-json.ts';
import { equalBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { drawIdentity, publicIdentity } from '../../../src/lib/crypto/identity.ts';
import { drawRecoveryCode, readRecoveryCode, writeRecoveryCode } from '../../../src/lib/crypto/recovery-code.ts';
import { safetyNumber } from '../../../src/lib/crypto/safety-number.ts';
import { toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { runs, slowRuns } from './soak.ts';

const bytesOf = (size: number): fc.Arbitrary<Bytes> =>
	fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => new Uint8Array(bytes));
const hash = bytesOf(32).map((bytes) => Buffer.from(bytes).toString('base64url'));
const count = fc.integer({ min: 1, max: 0xffffffff });
const since = fc
	.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString());
const mapOf = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Map<string, Value>> =>
	fc.array(fc.tuple(fc.uuid(), value), { maxLength: 6 }).map((entries) => new Map(entries));
const anyBundle: fc.Arbitrary<Bundle> = fc.record({
	identity: fc.record({ kem: bytesOf(32), sign: bytesOf(32) }),
	pins: mapOf(fc.record({ identity: hash, verified: fc.boolean(), since })),
	rosters: mapOf(fc.record({ epoch: count, counter: count, hash })),
	params: fc.record({ m: count, t: count, p: count })
});

describe('a recovery code', () => {
	test('is read as it was written, however it is spaced and in either case', () => {
		const property = fc.property(bytesOf(20), fc.constantFrom('', ' ', '-', '\n', '\u00a0 -'), (code, between) => {
			const text = writeRecoveryCode(code);
			expect(text).toMatch(/^(?:[0-9A-Z]{4}-){8}[0-9A-Z*~$=]$/);
			expect(readRecoveryCode(text)).toEqual(code);
			expect(readRecoveryCode(Array.from(text.toLowerCase().replaceAll('-', '')).join(between))).toEqual(code);
		});
		fc.assert(property, runs);
	});

	test('with one symbol changed, or two neighbours exchanged, is refused', () => {
		const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
		const property = fc.property(bytesOf(20), fc.nat(31), fc.nat(31), (code, at, to) => {
			const typed = Array.from(writeRecoveryCode(code).replaceAll('-', ''));
			const changed = typed.with(at, symbols.charAt(to)).join('');
			if (changed !== typed.join('')) expectRefusal('crypto/recovery-code', () => readRecoveryCode(changed));
			const [one, other] = [typed[at] ?? '', typed[at + 1] ?? ''];
			const exchanged = typed
				.with(at, other)
				.with(at + 1, one)
				.join('');
			if (exchanged !== typed.join('')) expectRefusal('crypto/recovery-code', () => readRecoveryCode(exchanged));
			expect(readRecoveryCode(typed.join(''))).toEqual(code);
		});
		fc.assert(property, runs);
	});

	test.each(['ı', 'ſ', '０', 'İ', '–'])('does not take %s for a symbol that it looks like', (character) => {
		const text = '0'.repeat(33);
		expect(readRecoveryCode(text)).toEqual(new Uint8Array(20));
		expectRefusal('crypto/recovery-code', () => readRecoveryCode(character + text.slice(1)));
	});

	test('is drawn anew each time, and is not written of other lengths', () => {
		expect(drawRecoveryCode()).not.toEqual(drawRecoveryCode());
		for (const size of [0, 19, 21]) expectRefusal('crypto/input', () => writeRecoveryCode(new Uint8Array(size)));
	});
});

describe('a bundle', () => {
	test('is read as it was written', () => {
		const property = fc.property(anyBundle, (bundle) => {
			expect(parseBundle(writeBundle(bundle))).toEqual(bundle);
		});
		fc.assert(property, runs);
	});

	test('is given back by its envelope, and by no other version or user', async () => {
		const property = fc.asyncProperty(anyBundle, fc.uuid(), fc.uuid(), count, async (bundle, user, other, version) => {
			const [accountKey, served] = [drawAccountKey(), await publicIdentity(bundle.identity)];
			const envelope = await sealBundle(accountKey, user, version, bundle);
			for (const [name, at] of [
				[other, version],
				[user, version + 1]
			] as const)
				await expectLaterRefusal('crypto/cannot-open', openBundle(accountKey, name, at, envelope, served));
			expect(await openBundle(accountKey, user, version, envelope, served)).toEqual(bundle);
		});
		await fc.assert(property, slowRuns);
	});

	test.each<[string, (json: Record<string, unknown>) => unknown]>([
		['another v', (json) => ({ ...json, v: 2 })],
		['a member that version 1 does not know', (json) => ({ ...json, policy: {} })],
		['a pin of a user that is no id', (json) => ({ ...json, pins: { __proto__x: json['pins'] } })],
		['pins in a list', (json) => ({ ...json, pins: [] })],
		['no rosters', (json) => ({ ...json, rosters: undefined })],
		['parameters of four', (json) => ({ ...json, params: [65_536, 3, 1, 1] })],
		['a parameter that is text', (json) => ({ ...json, params: ['65536', 3, 1] })],
		['a private key in hexadecimal', (json) => ({ ...json, kem: '00'.repeat(32) })],
		['nothing in it', () => null],
		['a text', () => 'bundle']
	])('with %s is refused', (_, change) => {
		const bundle = { identity: drawIdentity(), pins: new Map(), rosters: new Map(), params: { m: 65_536, t: 3, p: 1 } };
		const json = new TextDecoder().decode(writeBundle(bundle));
		const changed = JSON.stringify(change(JSON.parse(json) as Record<string, unknown>));
		expectRefusal('crypto/cannot-open', () => parseBundle(toUtf8(changed)));
		expect(parseBundle(toUtf8(json))).toEqual(bundle);
		expect(parseBundle(toUtf8(JSON.stringify(JSON.parse(json), null, '\t')))).toEqual(bundle);
	});

	test.each<[string, (json: string, kem: string) => string]>([
		['twice', (json, kem) => json.replace('{', `{"kem":"${kem}",`)],
		['within another member', (json, kem) => json.replace('{', `{"pins":{"kem":"${kem}"},`)],
		['with escapes', (json, kem) => json.replace(kem, `\\u00${kem.charCodeAt(0).toString(16)}${kem.slice(1)}`)],
		['with padding', (json, kem) => json.replace(kem, `${kem}=`)]
	])('that has a private key %s is refused', (_, change) => {
		const identity = drawIdentity();
		const bundle = { identity, pins: new Map(), rosters: new Map(), params: { m: 65_536, t: 3, p: 1 } };
		const json = new TextDecoder().decode(writeBundle(bundle));
		const changed = change(json, toBase64url(identity.kem));
		expect(changed).not.toBe(json);
		expectRefusal('crypto/cannot-open', () => parseBundle(toUtf8(changed)));
	});

	test('makes no string of a private key, and leaves none in the text it was read from', () => {
		const bundle = { identity: drawIdentity(), pins: new Map(), rosters: new Map(), params: { m: 65_536, t: 3, p: 1 } };
		const seeds = [bundle.identity.kem, bundle.identity.sign].map(toBase64url);
		const seen: string[] = [];
		const [parse, stringify] = [JSON.parse, JSON.stringify];
		const decode = Reflect.get(TextDecoder.prototype, 'decode');
		const spies = [
			vi.spyOn(JSON, 'parse').mockImplementation((text: string) => (seen.push(text), parse(text) as unknown)),
			vi.spyOn(JSON, 'stringify').mockImplementation((value: unknown) => {
				const text = stringify(value);
				seen.push(text);
				return text;
			}),
			vi.spyOn(TextDecoder.prototype, 'decode').mockImplementation(function (this: TextDecoder, ...given) {
				const text = decode.apply(this, given);
				seen.push(text);
				return text;
			})
		];
		const text = writeBundle(bundle);
		const written = Buffer.from(text).toString();
		parseBundle(text);
		for (const spy of spies) spy.mockRestore();
		expect(seen.length).toBeGreaterThan(2);
		for (const seed of seeds) {
			expect(written).toContain(seed);
			expect(seen.filter((one) => one.includes(seed))).toEqual([]);
			expect(Buffer.from(text).toString()).not.toContain(seed);
		}
	});

	test('is not sealed or opened at a version that does not exist', async () => {
		const [accountKey, identity] = [drawAccountKey(), drawIdentity()];
		const bundle = { identity, pins: new Map(), rosters: new Map(), params: { m: 65_536, t: 3, p: 1 } };
		for (const version of [0, -1, 1.5, Number.NaN, 2 ** 53])
			await expectLaterRefusal(
				'crypto/input',
				sealBundle(accountKey, '0596c739-8fcc-4ba5-b955-c0d8f3cd317d', version, bundle)
			);
	});
});

test('a safety number is twelve groups of five digits, by the rule in whole numbers', async () => {
	const property = fc.asyncProperty(bytesOf(1216), bytesOf(32), async (kem, sign) => {
		const digest = createHash('sha512').update('arca/1 safety\0').update(kem).update(sign).digest('hex');
		const groups = Array.from({ length: 12 }, (_, at) => BigInt(`0x${digest.slice(10 * at, 10 * at + 10)}`) % 100_000n);
		expect(await safetyNumber({ kem, sign })).toEqual(groups.map((group) => group.toString().padStart(5, '0')));
	});
	await fc.assert(property, slowRuns);
});

test('bytes are equal when they are, whatever differs and wherever', () => {
	const property = fc.property(fc.uint8Array(), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, by) => {
		expect(equalBytes(bytes, Uint8Array.from(bytes))).toBe(true);
		expect(equalBytes(bytes, Uint8Array.of(...bytes, 0))).toBe(false);
		if (bytes.length === 0) return;
		const place = at % bytes.length;
		expect(equalBytes(bytes, bytes.with(place, (bytes[place] ?? 0) ^ by))).toBe(false);
	});
	fc.assert(property, runs);
});
