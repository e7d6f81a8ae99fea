import type { Bytes } from '../crypto/bytes.ts';

const [quote, colon, k, e, y] = [0x22, 0x3a, 0x6b, 0x65, 0x79];
/** White space of JSON (RFC 8259, section 2): other writers may leave some. */
const blanks: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Where JSON has a member `key` whose text has so many characters of base64url, as views on it. Within a text of JSON a
 * quotation mark is escaped, so that nothing a person writes is taken for one.
 * @param length characters of the text
 */
export function* keyTexts(json: Bytes, length: number): Generator<Bytes> {
	// The letter is rare enough in records that looking for it alone is nearly all there is to do.
	for (let at = json.indexOf(k, 1); at !== -1; at = json.indexOf(k, at + 1)) {
		if (json[at + 1] !== e || json[at + 2] !== y || json[at - 1] !== quote || json[at + 3] !== quote) continue;
		const colonAt = skipBlanks(json, at + 4);
		const quoteAt = skipBlanks(json, colonAt + 1);
		if (json[colonAt] !== colon || json[quoteAt] !== quote || json[quoteAt + 1 + length] !== quote) continue;
		const text = json.subarray(quoteAt + 1, quoteAt + 1 + length);
		if (text.every(isBase64url)) yield text;
	}
}

function skipBlanks(json: Bytes, from: number): number {
	let at = from;
	while (blanks.has(json[at])) at++;
	return at;
}

function isBase64url(byte: number): boolean {
	const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
	return isLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
}
