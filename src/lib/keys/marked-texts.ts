import type { Bytes } from '../crypto/bytes.ts';

/** Stands before a text in which records of files name their keys, so that nobody looks for them in the others. No JSON begins so. */
const MARK = '\u0001';

/** More are marked than need be, by the words of a person: a short text that begins with a rare letter is soon looked for. */
export function markText(text: string): string {
	return text.includes('held-') ? MARK + text : text;
}

export function unmarkText(text: string): string {
	return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** Those of some texts (as UTF-8 from `start` on) that were marked. */
export function marked(texts: readonly (Bytes | null)[], start = 0): Bytes[] {
	return texts.filter((text) => text !== null && text[start] === MARK.charCodeAt(0)) as Bytes[];
}
