import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, test } from 'vitest';
import { easilyGuessed } from '../../../src/lib/crypto/easily-guessed.ts';

const context = ['ana.gomez@example.org', 'Arca', 'casa.example.org'];
const guessed = async (passwords: readonly string[]) => {
	const found = await Promise.all(passwords.map(async (one) => ((await easilyGuessed(one, context)) ? one : null)));
	return found.filter((one) => one !== null);
};

test('each of the common passwords that leaked and are long enough is refused, in capitals too', async () => {
	const leaked = dictionary['passwords-common']?.map(String).filter((word) => word.length >= 10) ?? [];
	expect(leaked.length).toBeGreaterThan(1_500);
	expect(await guessed(leaked)).toEqual(leaked);
	const shouted = leaked.map((word) => word.toUpperCase());
	expect(await guessed(shouted)).toEqual(shouted);
});

test('so are the three thousand most common ones that were made long enough by digits', async () => {
	const short = dictionary['passwords-common']?.map(String).filter((word) => /^[a-z]{6,9}$/.test(word)) ?? [];
	const longer = short.slice(0, 3_000).map((word) => `${word}1234567`.slice(0, 10));
	expect(longer).toHaveLength(3_000);
	expect(await guessed(longer)).toEqual(longer);
});

test.each(['Ana.Gomez1990', 'anagomez123', 'example.org', 'Arca2026!!', 'arca arca arca', 'micasa2026'])(
	'%s is little more than the words of its context',
	async (password) => {
		expect(await easilyGuessed(password, context)).toBe(true);
		expect(await easilyGuessed(password.replaceAll(/ana|gomez|example|org|arca|casa/gi, 'veloz-nube'), context)).toBe(
			false
		);
	}
);

test.each(['quiet river lantern', 'caballo verde lento', 'ana come tres manzanas', 'kV8#tLq2pW', 'ñandú veloz al sol'])(
	'%s is none of the first that are tried',
	async (password) => {
		expect(await easilyGuessed(password, context)).toBe(false);
	}
);
