// Rows 3, 4, 33 and 34 of the attacks: a server that lies about what a password is derived with, and what stops it.
import { describe, expect, test, vi } from 'vitest';
import { drawAccountKey, unwrapAccountKey, wrapAccountKey } from '../../../src/lib/crypto/account-key.ts';
import type { Slot } from '../../../src/lib/crypto/account-key.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { defaultParameters, highestParameters } from '../../../src/lib/crypto/kdf.ts';
import type { Argon2, KdfParameters } from '../../../src/lib/crypto/kdf.ts';
import { passwordBytes, recoveryRoot, rootKey } from '../../../src/lib/crypto/root-key.ts';
import { nodeArgon2 } from './argon2.ts';
import { expectLaterRefusal } from './refusals.ts';

const user = '0596c739-8fcc-4ba5-b955-c0d8f3cd317d';
const password = passwordBytes('Correct-Horse-7');
const unchecked = () => undefined;

/** Argon2 that notes what it was asked for and derives nothing. */
const spied = () => vi.fn<Argon2>(() => Promise.resolve(new Uint8Array(32)));

/** Keys as they were made in the browser. */
async function made(): Promise<{ slot: Slot; accountKey: Bytes; token: Bytes; wrapped: Bytes }> {
	const slot: Slot = { name: 'password', user, salt: randomBytes(16), parameters: defaultParameters };
	const root = await rootKey(nodeArgon2, password, slot.salt, slot.parameters);
	const accountKey = drawAccountKey();
	return { slot, accountKey, ...(await wrapAccountKey(slot, root, accountKey)) };
}

async function unlock(slot: Slot, token: Bytes, wrapped: Bytes, typed = password, argon2 = nodeArgon2): Promise<Bytes> {
	return unwrapAccountKey(slot, await rootKey(argon2, typed, slot.salt, slot.parameters), token, wrapped);
}

describe('parameters that a server chose', () => {
	const { m, t, p } = defaultParameters;
	const seen: KdfParameters = { m: 131_072, t: 4, p: 2 };

	test.each<[string, unknown]>([
		['less memory', { m: m - 1, t, p }],
		['less memory for more passes', { m: 8, t: 16, p }],
		['fewer passes', { m, t: 2, p }],
		['no lane', { m, t, p: 0 }],
		['nothing at all', { m: 0, t: 0, p: 0 }],
		['negative memory', { m: -m, t, p }],
		['memory of 2^32 and more, which a u32 would make small', { m: 2 ** 32 + m, t, p }],
		['more memory than any tab has', { m: 1_048_577, t, p }],
		['a thousand passes', { m, t: 1000, p }],
		['half a pass', { m, t: 3.5, p }],
		['no number', { m: Number.NaN, t, p }],
		['an endless number', { m: Number.POSITIVE_INFINITY, t, p }],
		['text', { m: String(m), t: String(t), p: String(p) }],
		['a list that looks like a number', { m: [m], t, p }],
		['a missing one', { m, t }],
		['an algorithm of its own and no cost', { algorithm: 'pbkdf2', iterations: 1 }]
	])('with %s are refused before anything is derived', async (_, lie) => {
		const [argon2, salt, parameters] = [spied(), randomBytes(16), lie as KdfParameters];
		await expectLaterRefusal('crypto/kdf-parameters', rootKey(argon2, password, salt, parameters));
		expect(argon2).not.toHaveBeenCalled();
		// The check is what refuses them: without it, the server has what it asked for.
		await rootKey(argon2, password, salt, parameters, undefined, unchecked);
		expect(argon2).toHaveBeenCalledWith(password, salt, parameters);
		await rootKey(argon2, password, salt, defaultParameters);
		expect(argon2).toHaveBeenLastCalledWith(password, salt, defaultParameters);
	});

	test.each([
		['memory', { m: 65_536, t: 4, p: 2 }],
		['passes', { m: 262_144, t: 3, p: 2 }],
		['lanes', { m: 262_144, t: 4, p: 1 }]
	])('with fewer %s than this device has seen are refused, though others would be accepted', async (_, lie) => {
		const [argon2, salt] = [spied(), randomBytes(16)];
		await expectLaterRefusal('crypto/kdf-parameters', rootKey(argon2, password, salt, lie, seen));
		expect(argon2).not.toHaveBeenCalled();
		await rootKey(argon2, password, salt, lie);
		await rootKey(argon2, password, salt, highestParameters(seen, lie), seen);
		expect(argon2).toHaveBeenCalledTimes(2);
	});

	test('that are allowed but not those of the keys open nothing: they are authenticated', async () => {
		const { slot, accountKey, token, wrapped } = await made();
		const other = { ...slot, parameters: { ...slot.parameters, t: 4 } };
		await expectLaterRefusal('crypto/cannot-open', unlock(other, token, wrapped));
		expect(await unlock(slot, token, wrapped)).toEqual(accountKey);
	});
});

describe('a salt that a server chose', () => {
	test.each([0, 1, 8, 15, 17, 32])('of %d bytes is refused before anything is derived', async (size) => {
		const [argon2, salt] = [spied(), new Uint8Array(size)];
		await expectLaterRefusal('crypto/kdf-parameters', rootKey(argon2, password, salt, defaultParameters));
		expect(argon2).not.toHaveBeenCalled();
		await rootKey(argon2, password, salt, defaultParameters, undefined, unchecked);
		expect(argon2).toHaveBeenCalledWith(password, salt, defaultParameters);
		await expectLaterRefusal('crypto/kdf-parameters', recoveryRoot(randomBytes(20), salt));
		expect(await recoveryRoot(randomBytes(20), randomBytes(16))).toHaveLength(32);
	});

	test("of zeros, or another user's, opens nothing: it is authenticated", async () => {
		const [{ slot, accountKey, token, wrapped }, other] = [await made(), await made()];
		for (const salt of [new Uint8Array(16), other.slot.salt])
			await expectLaterRefusal('crypto/cannot-open', unlock({ ...slot, salt }, token, wrapped));
		// Nor does all of another user's with this one's wrapped key.
		await expectLaterRefusal('crypto/cannot-open', unlock(other.slot, other.token, wrapped));
		expect(await unlock(slot, token, wrapped)).toEqual(accountKey);
	});
});

describe('a password', () => {
	test('opens in every Unicode form of it, and not trimmed or in another case', async () => {
		const forms = ['Pässwört-Ⅷ-1', 'Pa\u0308sswo\u0308rt-VIII-1', 'Ｐässwört-Ⅷ-１'];
		const slot: Slot = { name: 'password', user, salt: randomBytes(16), parameters: defaultParameters };
		const root = await rootKey(nodeArgon2, passwordBytes(forms[0] ?? ''), slot.salt, slot.parameters);
		const accountKey = drawAccountKey();
		const { token, wrapped } = await wrapAccountKey(slot, root, accountKey);
		for (const wrong of [' Pässwört-Ⅷ-1', 'Pässwört-Ⅷ-1 ', 'pässwört-Ⅷ-1'])
			await expectLaterRefusal('crypto/cannot-open', unlock(slot, token, wrapped, passwordBytes(wrong)));
		for (const form of forms) expect(await unlock(slot, token, wrapped, passwordBytes(form))).toEqual(accountKey);
		// Without the one form, a composed password locks out whoever types it decomposed.
		const raw = new TextEncoder().encode(forms[1]);
		await expectLaterRefusal('crypto/cannot-open', unlock(slot, token, wrapped, raw));
	});

	test('is derived once, with what was asked for, and want of memory is an error, never a lower cost', async () => {
		const { slot, accountKey, token, wrapped } = await made();
		const wanting = vi.fn<Argon2>(() => Promise.reject(new RangeError('out of memory')));
		await expect(unlock(slot, token, wrapped, password, wanting)).rejects.toBeInstanceOf(RangeError);
		expect(wanting.mock.calls).toEqual([[password, slot.salt, defaultParameters]]);
		// One that lowers on its own derives another root, and opens nothing.
		const lowering: Argon2 = (typed, salt, cost) => nodeArgon2(typed, salt, { ...cost, m: 8192 });
		await expectLaterRefusal('crypto/cannot-open', unlock(slot, token, wrapped, password, lowering));
		expect(await unlock(slot, token, wrapped)).toEqual(accountKey);
	});
});
