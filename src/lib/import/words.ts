import { fold } from '../kinds/fold.ts';

/**
 * Text as headers and fixed phrases are compared: lower-case words without diacritics and marks, one space between
 * (`Buchungs-Tag (EUR)` and `buchungs tag eur` are the same).
 */
export function wordsOf(text: string): string {
	return fold(text)
		.replaceAll('ß', 'ss')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Whether the words of a phrase stand in others one after another. */
export function hasPhrase(words: string, phrase: string): boolean {
	return ` ${words} `.includes(` ${phrase} `);
}

/** Whether others begin with the words of a phrase. */
export function startsWithPhrase(words: string, phrase: string): boolean {
	return `${words} `.startsWith(`${phrase} `);
}
