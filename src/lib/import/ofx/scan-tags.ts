import { decodeEntities } from './decode-entities.ts';

/** A tag of an OFX file. The text up to the next tag is its value, whether or not an end tag follows (SGML has none). */
export interface OfxTag {
	/** Upper case. */
	name: string;
	end: boolean;
	/** Physical line, from 1. */
	line: number;
	/** Entities decoded, blanks taken off; `''` for an end tag. */
	value: string;
}

// Bounded on every side, and no two parts can match the same text: a hostile file costs one pass.
const TAG = /<(\/?)([A-Za-z][\w.-]{0,79})(?:\s[^<>]{0,1000})?>|<([A-Za-z][\w.-]{0,79})\s?\/>/y;
/** The longest value looked at; what is longer is cut, and too long for a record. */
const LONGEST = 30_000;

/**
 * The tags of an OFX file, SGML (1.x) and XML (2.x) alike: header, comments, processing instructions and document
 * types are passed over, and no entity that a file declares is ever expanded.
 *
 * Written here, since no package reads both dialects and keeps the line of an entry: they throw at the first broken one.
 * @param text the whole file
 */
export function* scanTags(text: string): Generator<OfxTag> {
	const find = finder(text);
	let line = 1;
	let open: OfxTag | null = null;
	for (let at = 0; at < text.length;) {
		const next = find('<', at);
		if (next > at && open !== null && open.value.length < LONGEST)
			open.value += decodeEntities(text.slice(at, Math.min(next, at + LONGEST)));
		line += breaksIn(text, at, next);
		if (next === text.length) break;
		const skipped = skipMarkup(text, next, find);
		if (skipped !== null) {
			if (open !== null && open.value.length < LONGEST) open.value += skipped.text;
			line += breaksIn(text, next, skipped.end);
			at = skipped.end;
			continue;
		}
		TAG.lastIndex = next;
		const match = TAG.exec(text);
		if (match === null) {
			// `A < B`: a character of the value.
			if (open !== null && open.value.length < LONGEST) open.value += '<';
			at = next + 1;
			continue;
		}
		if (open !== null) yield finished(open);
		const [whole, slash, name, single] = match;
		open = { name: (name ?? single ?? '').toUpperCase(), end: slash === '/', line, value: '' };
		if (single !== undefined) {
			yield open;
			open = { ...open, end: true };
		}
		line += breaksIn(text, next, next + whole.length);
		at = next + whole.length;
	}
	if (open !== null) yield finished(open);
}

function finished(tag: OfxTag): OfxTag {
	return { ...tag, value: tag.end ? '' : tag.value.trim() };
}

/** What begins at a `<` and is no tag: its text where it is CDATA, and where it ends; null for anything else. */
function skipMarkup(text: string, at: number, find: ReturnType<typeof finder>): { text: string; end: number } | null {
	if (text.startsWith('<![CDATA[', at)) {
		const end = find(']]>', at);
		return { text: text.slice(at + 9, Math.min(end, at + 9 + LONGEST)), end: Math.min(end + 3, text.length) };
	}
	if (text.startsWith('<!--', at)) return { text: '', end: Math.min(find('-->', at) + 3, text.length) };
	if (text[at + 1] === '!' || text[at + 1] === '?') return { text: '', end: Math.min(find('>', at) + 1, text.length) };
	return null;
}

/** Looks for a mark, or the end; a mark that is nowhere further on is not looked for twice. */
function finder(text: string): (mark: string, from: number) => number {
	const gone = new Set<string>();
	return (mark, from) => {
		const at = gone.has(mark) ? -1 : text.indexOf(mark, from);
		if (at < 0) gone.add(mark);
		return at < 0 ? text.length : at;
	};
}

function breaksIn(text: string, from: number, to: number): number {
	let breaks = 0;
	for (let at = from; at < to; at += 1) {
		const unit = text.charCodeAt(at);
		if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) breaks += 1;
	}
	return breaks;
}
