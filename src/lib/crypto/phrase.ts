// The phrase that is offered before a person thinks of a password. Six words of 2,048 are 66 bits; which one has the
// capital, which one the digit, and which digit, are 8.5 more.
import { randomBytes } from './bytes.ts';
import { readU32 } from './u32.ts';

/** The languages that phrases are made in. */
export type PhraseLanguage = 'en' | 'es';

/** Words in a phrase. */
export const phraseLength = 6;

const lists = {
	en: () => import('./phrase-words-en.ts'),
	es: () => import('./phrase-words-es.ts')
};

/**
 * A new phrase: six random words joined by hyphens, one of them with a capital, one with a digit after it. 74 bits of
 * chance. It satisfies the password rules. The words are loaded at the first call.
 */
export async function drawPhrase(language: PhraseLanguage): Promise<string> {
	const { words } = await lists[language]();
	const drawn = Array.from({ length: phraseLength }, () => words[randomBelow(words.length)] ?? '');
	const [capital, numbered] = [randomBelow(phraseLength), randomBelow(phraseLength)];
	const digit = randomBelow(10);
	return drawn
		.map((word, at) => (at === capital ? word.charAt(0).toUpperCase() + word.slice(1) : word))
		.map((word, at) => (at === numbered ? `${word}${digit}` : word))
		.join('-');
}

/** A whole number below a limit, each as likely as the next: what would favour the small ones is drawn again. */
function randomBelow(limit: number): number {
	const fair = 2 ** 32 - (2 ** 32 % limit);
	for (;;) {
		const drawn = readU32(randomBytes(4), 0);
		if (drawn < fair) return drawn % limit;
	}
}
