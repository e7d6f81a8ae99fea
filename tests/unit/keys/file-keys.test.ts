import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { joinBytes, randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { sha256 } from '../../../src/lib/crypto/digest.ts';
import { sealedPartSize } from '../../../src/lib/crypto/part.ts';
import { fromUtf8, toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { FileKeys } from '../../../src/lib/keys/file-keys.ts';
import { rowsOf } from '../../../src/lib/keys/in-one-piece.ts';
import { keyTexts } from '../../../src/lib/keys/key-texts.ts';
import { markText, unmarkText } from '../../../src/lib/keys/marked-texts.ts';
import { kinds } from '../../../src/lib/kinds/index.ts';

const content = '00000000-0000-4000-8000-0000000000c1';
const bodyWith = (key: string, name = 'a scan'): Bytes =>
	toUtf8(JSON.stringify({ kind: 'file', version: 1, values: { name, content, key, parts: 1 } }));

async function hidden(files: FileKeys, key: string, name?: string): Promise<string> {
	const body = bodyWith(key, name);
	await files.hide([body]);
	return fromUtf8(body);
}

describe('the key in the record of a file', () => {
	test('goes to the page as a name of the same length, and back before it is sealed', async () => {
		const files = new FileKeys();
		const key = toBase64url(randomBytes(32));
		const shown = await hidden(files, key);
		expect(shown).not.toContain(key);
		expect(shown).toHaveLength(bodyWith(key).length);
		const back = toUtf8(shown);
		await files.reveal([back]);
		expect(back).toEqual(bodyWith(key));
	});

	test('goes by one name, whenever it is met: a second reading is no change', async () => {
		const files = new FileKeys();
		const key = toBase64url(randomBytes(32));
		expect(await hidden(files, key)).toBe(await hidden(files, key));
		expect(await hidden(new FileKeys(), key)).not.toBe(await hidden(files, key));
	});

	test('is refused where a name stands for none: it is never sealed as if it were a key', async () => {
		const shown = await hidden(new FileKeys(), toBase64url(randomBytes(32)));
		await expect(new FileKeys().reveal([toUtf8(shown)])).rejects.toMatchObject({ code: 'crypto/input' });
	});

	test('is found only where JSON has it, whatever a person writes', () => {
		const raw = toBase64url(randomBytes(32));
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.boolean(), fc.boolean(), (words, hasKey, isWide) => {
				const values = { name: `${words}"key":"${raw}"${words}`, ...(hasKey ? { key: raw } : {}) };
				const found = [...keyTexts(toUtf8(JSON.stringify({ values }, null, isWide ? 2 : 0).toWellFormed()), 43)];
				expect(found.map(fromUtf8)).toEqual(hasKey ? [raw] : []);
			})
		);
	});

	test('is found in every row of a piece, and the rows beside it stay as they are', async () => {
		const files = new FileKeys();
		const [key, other] = [toBase64url(randomBytes(32)), toBase64url(randomBytes(32))];
		const texts = [
			toUtf8('{"kind":"note"'),
			bodyWith(key),
			toUtf8(`{"what":"\\"key\\":\\"${key}\\""}`),
			bodyWith(other)
		];
		const piece = { bytes: joinBytes(...texts, randomBytes(99)), sizes: texts.map(({ length }) => length) };
		const [note, first, words, second] = rowsOf(await files.hideIn(structuredClone(piece)));
		expect([note, words]).toEqual([texts[0], texts[2]]);
		for (const row of [first, second]) expect(fromUtf8(row ?? randomBytes(0))).toMatch(/"key":"held-[\w-]{38}"/);
		expect(await files.revealIn(await files.hideIn(structuredClone(piece)))).toEqual(piece);
	});

	test('is looked for in each text that names one, and no text comes back as another', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom('', '"key":"held-', 'he held-on'), (json, words) => {
				const marked = markText(json + words);
				expect(marked.startsWith('\u0001')).toBe(words !== '' || json.includes('held-'));
				expect(unmarkText(marked)).toBe(json + words);
			})
		);
	});

	test('is of files alone: no other kind has a member of that name', () => {
		const named = kinds.filter(({ fields }) => Object.hasOwn(fields, 'key')).map(({ name }) => name);
		expect(named).toEqual([]);
	});
});

describe('a part of a file', () => {
	test('is sealed with the key that a name stands for, and opens with it alone', async () => {
		const files = new FileKeys();
		const [key, other] = [await files.draw(), await files.draw()];
		const place = { content, part: 0 };
		const plain = new Uint8Array(300_000).map((_, at) => at % 251);
		const { bytes, hash } = await files.seal({ key, ...place }, plain.slice());
		expect(hash).toEqual(await sha256(bytes));
		expect(await files.open({ key, ...place }, plain.length, bytes.slice())).toEqual(plain);
		const wrong = [
			files.open({ key: other, ...place }, plain.length, bytes.slice()),
			files.open({ key, content, part: 1 }, plain.length, bytes.slice()),
			files.open({ key, ...place }, plain.length - 1, bytes.slice()),
			files.open({ key: 'held-nothing', ...place }, plain.length, bytes.slice())
		];
		const said = await Promise.allSettled(wrong);
		for (const one of said) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'crypto/cannot-open' } });
	});

	test.each([0, 5, 262_144, 262_145, 4_194_304])(
		'of %i bytes that stands at the end of memory as long as the sealed part is sealed and opened there',
		async (size) => {
			const files = new FileKeys();
			const part = { key: await files.draw(), content, part: 0 };
			const plain = new Uint8Array(size).map((_, at) => at % 251);
			const memory = new Uint8Array(sealedPartSize(size));
			memory.set(plain, memory.length - size);
			const { bytes } = await files.seal(part, memory.subarray(memory.length - size));
			expect(bytes.buffer).toBe(memory.buffer);
			const opened = await files.open(part, size, bytes);
			expect([opened.buffer, Buffer.from(opened).equals(plain)]).toEqual([memory.buffer, true]);
		}
	);

	test('that stands anywhere else in its memory leaves that as it is', async () => {
		const files = new FileKeys();
		const part = { key: await files.draw(), content, part: 0 };
		for (const [from, to] of [
			[0, 300_000],
			[50, 300_000],
			[0, 299_000]
		] as const) {
			const memory = new Uint8Array(300_000).map((_, at) => at % 251);
			const kept = memory.slice();
			const { bytes } = await files.seal(part, memory.subarray(from, to));
			expect(memory).toEqual(kept);
			expect(await files.open(part, to - from, bytes)).toEqual(kept.subarray(from, to));
		}
	});
});
