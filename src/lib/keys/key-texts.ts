import type { Bytes } from '../crypto/bytes.ts';
import { toUtf8 } from '../crypto/utf8.ts';

const before = toUtf8('"key":"');
const [, rarest = 0] = before;
const quote = 0x22;

/**
 * Where JSON has a member `key` whose text has so many characters of base64url, as views on it. Within a text of JSON a
 * quotation mark is escaped, so that nothing a person writes is taken for one.
 * @param length characters of the text
 */
export function* keyTexts(json: Bytes, length: number): Generator<Bytes> {
	// The letter is rare enough in records that looking for it alone is nearly all there is to do.
	for (let k = json.indexOf(rarest, 1); k !== -1; k = json.indexOf(rarest, k + 1)) {
		const from = k - 1 + before.length;
		if (json[from + length] !== quote || !before.every((byte, at) => json[k - 1 + at] === byte)) continue;
		// `\"key":` ends a text that the person wrote.
		if (json[k - 2] === 0x5c) continue;
		const text = json.subarray(from, from + length);
		if (text.every(isBase64url)) yield text;
	}
}

function isBase64url(byte: number): boolean {
	const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
	return isLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
}
