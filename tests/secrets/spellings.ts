/** Something that must not be found where it does not belong. */
export interface Secret {
	/** What a person calls it, as a finding names it. */
	name: string;
	/** A text as it was typed, or the bytes of a key. */
	value: string | Uint8Array;
}

/** How a secret may stand in some bytes: the bytes to look for, and what that way of writing is called. */
export interface Spelling {
	how: string;
	bytes: Buffer;
}

/** Shorter ones would be found in anything. */
const LEAST = 5;

/**
 * Every way of writing a secret that is looked for: its bytes, hexadecimal, base64 and base64url (inside a longer text, at
 * each of the three places), JSON lists of numbers; of a text also Latin-1 and UTF-16. What is written in letters is looked
 * for with two bytes a letter too, as browsers keep strings.
 */
export function spellings({ name, value }: Secret): Spelling[] {
	const bytes = Buffer.from(value);
	if (bytes.length < LEAST) throw new Error(`${name} is too short to be looked for`);
	const numbers = [...bytes];
	const lettered: [string, string][] = [
		['hex', bytes.toString('hex')],
		['hex', bytes.toString('hex').toUpperCase()],
		['a list of numbers', numbers.join(',')],
		['a list of numbers', numbers.join(', ')],
		['an object of numbers', numbers.map((byte, index) => `"${index}":${byte}`).join(',')],
		...[0, 1, 2].flatMap((place): [string, string][] => {
			const base64 = within(bytes, place);
			return [
				['base64', base64],
				['base64url', base64.replaceAll('+', '-').replaceAll('/', '_')]
			];
		})
	];
	const written = lettered.flatMap(([how, text]) => [
		{ how, bytes: Buffer.from(text) },
		{ how: `${how}, two bytes a letter`, bytes: Buffer.from(text, 'utf16le') }
	]);
	return once([{ how: 'as it is', bytes }, ...(typeof value === 'string' ? encodings(value) : []), ...written]);
}

function encodings(text: string): Spelling[] {
	const wide = Buffer.from(text, 'utf16le');
	return [
		{ how: 'UTF-16', bytes: wide },
		{ how: 'UTF-16', bytes: Buffer.from(wide).swap16() },
		...(/^[\0-\xff]*$/.test(text) ? [{ how: 'Latin-1', bytes: Buffer.from(text, 'latin1') }] : [])
	];
}

/** The characters of base64 that some bytes alone decide, where so many bytes stand before them in a group of three. */
function within(bytes: Buffer, place: number): string {
	const bits = (place + bytes.length) * 8;
	const base64 = Buffer.concat([Buffer.alloc(place), bytes]).toString('base64');
	return base64.slice(Math.ceil((place * 8) / 6), Math.floor(bits / 6));
}

function once(all: Spelling[]): Spelling[] {
	// The first name of those that come to the same bytes.
	return [...new Map(all.toReversed().map((spelling) => [spelling.bytes.toString('latin1'), spelling])).values()];
}
