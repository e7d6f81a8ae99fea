import type { Bytes } from '../crypto/bytes.ts';
import { toUtf8 } from '../crypto/utf8.ts';

const member = toUtf8('"key"');
const [, rarest = 0] = member;
const [quote, colon] = [0x22, 0x3a];
/** White space of JSON (RFC 8259, section 2): other writers may leave some. */
const blanks: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Where JSON has a member `key` whose text has so many characters of base64url, as views on it. Within a text of JSON a
 * quotation mark is escaped, so that nothing a person writes is taken for one.
 * @param length characters of the text
 */
export function* keyTexts(json: Bytes, length: number): Generator<Bytes> {
	// The letter is rare enough in records that looking for it alone is nearly all there is to do.
	for (let k = json.indexOf(rarest, 1); k !== -1; k = json.indexOf(rarest, k + 1)) {
		if (!member.every((byte, at) => json[k - 1 + at] === byte)) continue;
		const colonAt = skipBlanks(json, k - 1 + member.length);
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
