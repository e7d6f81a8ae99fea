import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkNewPassword, judgePassword } from '../../../src/lib/crypto/password-rules.ts';
import { drawPhrase, phraseLength } from '../../../src/lib/crypto/phrase.ts';
import type { PhraseLanguage } from '../../../src/lib/crypto/phrase.ts';
import { words as english } from '../../../src/lib/crypto/phrase-words-en.ts';
import { words as spanish } from '../../../src/lib/crypto/phrase-words-es.ts';
import { expectLaterRefusal } from './refusals.ts';
import { soak } from './soak.ts';

const good = 'qV7!mirTezok';
const languages: [PhraseLanguage, string[]][] = [
	['en', english],
	['es', spanish]
];

afterEach(() => vi.restoreAllMocks());

describe('a password', () => {
	test.each([
		['', ['short', 'upper', 'lower', 'digit', 'symbol', 'guessable']],
		['Gd3!kWz', ['short', 'guessable']],
		['qv7!mirtezok', ['upper']],
		['QV7!MIRTEZOK', ['lower']],
		['qVx!mirTezok', ['digit']],
		['qV7xmirTezok', ['symbol']],
		['Password1!', ['guessable']],
		['Contraseña1!', ['guessable']],
		['Verano2024!', ['guessable']],
		['María1990!', ['guessable']],
		['Qwerty12!', ['guessable']],
		['P4$$w0rd!!', ['guessable']],
		[good, []]
	])('%j has the problems %j', async (password, problems) => {
		const judged = await judgePassword(password);
		expect(judged.problems).toEqual(problems);
		expect(judged.ok).toBe(problems.length === 0);
		if (judged.ok) expect(judged.score).toBe(4);
	});

	test('is counted in code points after NFKC: eight emoji are eight, and letters of other scripts are letters', async () => {
		expect((await judgePassword('Äñ5 🜁🜂🜃🜄')).problems).not.toContain('short');
		expect((await judgePassword('Äñ5 🜁🜂🜃')).problems).toContain('short');
		// A ligature is two letters to NFKC, a letter and its accent one.
		expect((await judgePassword('Ñ5 ﬁ🜂🜃🜄')).problems).not.toContain('short');
		expect((await judgePassword('N\u03035 i🜂🜃🜄')).problems).toContain('short');
		expect((await judgePassword('Ωμ٣ 🜁🜂🜃🜄')).problems).toEqual([]);
	});

	test.each([' ', '\u00a0', '€', '¿', '_', '🜁'])('counts %j as a symbol', async (symbol) => {
		expect((await judgePassword(`qV7${symbol}mirTezok`)).problems).toEqual([]);
	});

	test('is refused when it is the sign-in password, in whatever form it is typed, and then another is accepted', async () => {
		await expectLaterRefusal('crypto/password', checkNewPassword('Pässwört-Ⅷ-1', 'Pa\u0308sswo\u0308rt-VIII-1'));
		await expectLaterRefusal('crypto/password', checkNewPassword('short', good));
		expect(await checkNewPassword('Pässwört-Ⅷ-1', good)).toBe(undefined);
	});

	test('with half a character is no password', async () => {
		await expectLaterRefusal('crypto/input', judgePassword(`${good}\ud83d`));
	});
});

describe.each(languages)('a phrase in %s', (language, words) => {
	test('has its words from 2,048 that differ and are easy to type', () => {
		expect(words).toHaveLength(2048);
		expect(new Set(words).size).toBe(2048);
		expect(words.filter((word) => !/^[a-z]{3,8}$/.test(word))).toEqual([]);
	});

	test('satisfies the rules, each time, and is six words of the list', async () => {
		const drawn = await Promise.all(Array.from({ length: soak ? 2000 : 10 }, () => drawPhrase(language)));
		expect(new Set(drawn).size).toBe(drawn.length);
		for (const phrase of drawn) {
			expect(await judgePassword(phrase), phrase).toEqual({ ok: true, problems: [], score: 4 });
			const plain = phrase.toLowerCase().replace(/\d/, '').split('-');
			expect(plain).toHaveLength(phraseLength);
			expect(plain.filter((word) => !words.includes(word))).toEqual([]);
			expect(phrase.match(/[A-Z]/g)).toHaveLength(1);
			expect(phrase.match(/\d/g)).toHaveLength(1);
		}
	});

	test('uses every word, every place and every digit equally often, within chance', async () => {
		const [counts, digits] = [new Map<string, number>(), new Map<string, number>()];
		const rounds = 4000;
		for (let round = 0; round < rounds; round++) {
			const phrase = await drawPhrase(language);
			const digit = /\d/.exec(phrase)?.[0] ?? '';
			digits.set(digit, (digits.get(digit) ?? 0) + 1);
			for (const word of phrase.toLowerCase().replace(/\d/, '').split('-'))
				counts.set(word, (counts.get(word) ?? 0) + 1);
		}
		// 24,000 draws of 2,048: 11.7 each; that one is never drawn has a chance of 2 in 100. That fifty are: none.
		expect(counts.size).toBeGreaterThan(2000);
		expect(Math.max(...counts.values())).toBeLessThan(45);
		expect(Math.min(...digits.values())).toBeGreaterThan(rounds / 10 / 1.5);
		expect(Math.max(...digits.values())).toBeLessThan((rounds / 10) * 1.5);
	});

	test('draws again what would favour the small numbers', async () => {
		const draws = [0xffffffff, 0, 0, 0, 0, 0, 0xfffffffe, 0, 0, 0xffffffff, 0xfffffffa, 7];
		vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
			new DataView((bytes as Uint8Array).buffer).setUint32(0, draws.shift() ?? 0);
			return bytes;
		});
		// Of 2^32 numbers the last 4 are over six and the last 6 over ten; 2,048 divides them all.
		const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
		const capital = last.charAt(0).toUpperCase() + last.slice(1);
		expect(await drawPhrase(language)).toBe([`${capital}7`, ...Array<string>(5).fill(first)].join('-'));
	});
});
