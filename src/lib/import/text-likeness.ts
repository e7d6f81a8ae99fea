import { wordsOf } from './words.ts';

/** Texts of a movement as they are compared: words, and the same without the blanks between. */
export interface ComparedText {
	who: string;
	whole: string;
	words: readonly string[];
}

/** Characters by which a name that was cut off is told: the shortest bank cuts at about this many. */
const TELLING = 8;

/** Makes texts ready to be compared. */
export function comparedText(payee: string, notes: string): ComparedText {
	const bare = wordsOf(`${payee.slice(0, 300)} ${notes.slice(0, 300)}`);
	// Dates, card and reference numbers differ from one format to another, and say nothing of the party.
	const words = [...new Set(bare.split(' ').filter((word) => word.length > 2 && !/\d/.test(word)))];
	return { who: wordsOf(payee.slice(0, 300)).replaceAll(' ', ''), whole: bare.replaceAll(' ', ''), words };
}

/**
 * Whether two texts are likely of one movement though two formats wrote them: capitals, blanks and marks differ, one
 * cuts names off (OFX after 32 characters), one has name and note in each other's place.
 */
export function isLike(a: ComparedText, b: ComparedText): boolean {
	if (a.whole === '' || b.whole === '') return false;
	if (a.whole === b.whole) return true;
	if (contains(a.whole, b.who) || contains(b.whole, a.who)) return true;
	if (a.who.length >= TELLING && a.who.slice(0, TELLING) === b.who.slice(0, TELLING)) return true;
	const shared = a.words.filter((word) => b.words.includes(word)).length;
	return shared > 0 && shared * 2 >= Math.min(a.words.length, b.words.length);
}

function contains(whole: string, part: string): boolean {
	return part.length > 2 && whole.includes(part);
}
