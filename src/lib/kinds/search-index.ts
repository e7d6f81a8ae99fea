import { fold } from './fold.ts';

/** Records whose texts share one string. Small enough to be made anew when one of them changes. */
const GROUP = 256;

/** The texts of up to `GROUP` records, each ended by a line feed, and where each begins; the last entry is the end. */
interface Group {
	text: string;
	starts: Uint32Array;
}

/**
 * Folded texts of many records, searched for words by looking through all of them. A record has a slot, a small whole
 * number the caller gives out. Nothing but the texts themselves is kept: 100,000 expenses take 12 MB and are indexed in
 * 0.8 s of processor time, where MiniSearch's inverted index takes 116 MB and 4.6 s (both in Node 24), and does not find
 * what stands inside a word. Looking through all of it takes milliseconds.
 */
export class SearchIndex {
	readonly #groups: Group[] = [];

	/** Sets the texts of some slots; an empty text takes a record out. */
	put(texts: ReadonlyMap<number, string>): void {
		for (const at of new Set([...texts.keys()].map((slot) => Math.floor(slot / GROUP)))) {
			const group = this.#groups[at];
			const parts: string[] = [];
			const starts = new Uint32Array(GROUP + 1);
			for (let each = 0, end = 0; each < GROUP; each += 1) {
				const part = texts.get(at * GROUP + each) ?? (group && textIn(group, each)) ?? '';
				parts.push(part);
				starts[each + 1] = end += part.length + 1;
			}
			while (this.#groups.length < at) this.#groups.push({ text: '', starts: new Uint32Array(GROUP + 1) });
			this.#groups[at] = { text: [...parts, ''].join('\n'), starts };
		}
	}

	/**
	 * The slots whose text has every word in it, anywhere; all of them where there is no word.
	 * @param words folded, as `wordsOf` gives them
	 * @returns one bit a slot, slot 0 the lowest bit of the first number
	 */
	find(words: readonly string[]): Uint32Array<ArrayBuffer> {
		const found = new Uint32Array((this.#groups.length * GROUP) / 32);
		// The longest is likely the rarest: the others are looked for only where it is.
		const [first = '', ...others] = [...words].sort((a, b) => b.length - a.length);
		this.#groups.forEach((group, at) => {
			const { text, starts } = group;
			let slot = 0;
			for (let hit = text.indexOf(first); hit >= 0 && slot < GROUP;) {
				while ((starts[slot + 1] ?? Infinity) <= hit) slot += 1;
				if (slot >= GROUP) break;
				const all = others.length === 0 || others.every((word) => textIn(group, slot).includes(word));
				const bit = at * GROUP + slot;
				if (all) found[bit >>> 5] = (found[bit >>> 5] ?? 0) | (1 << (bit & 31));
				hit = text.indexOf(first, starts[slot + 1]);
			}
		});
		return found;
	}
}

/** A query's words, folded as the texts are; none for one that has nothing but spaces and marks. */
export function wordsOf(query: string): string[] {
	return fold(query)
		.split(' ')
		.filter((word) => word !== '');
}

function textIn({ text, starts }: Group, each: number): string {
	return text.slice(starts[each], Math.max((starts[each + 1] ?? 0) - 1, 0));
}
