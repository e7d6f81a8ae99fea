import type { Encoding } from './decode-text.ts';
import { ImportError } from './import-error.ts';

/** Bytes looked at to tell UTF-16; an even number. */
const SAMPLE = 16_384;

/**
 * The encoding that bytes are most likely written in.
 *
 * A byte order mark decides where there is one; else zero bytes tell UTF-16, whatever its script: digits, separators
 * and line breaks, which every statement has, have one each. Bytes that are UTF-8 but for a few broken ones are UTF-8,
 * and what is left is Windows-1252, in which every byte means something.
 * @throws ImportError `import/not-text` where zero bytes stand as no text has them
 */
export function guessEncoding(bytes: Uint8Array): Encoding {
	if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
	if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
	if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
	const sample = bytes.subarray(0, SAMPLE);
	if (sample.includes(0)) {
		const little = plainShare(sample, 1);
		const big = plainShare(sample, 0);
		if (Math.max(little, big) < 0.05) throw new ImportError('import/not-text');
		return little > big ? 'utf-16le' : 'utf-16be';
	}
	return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** Whether a file begins with these bytes. */
export function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
	return head.every((byte, index) => bytes[index] === byte);
}

/**
 * The share of line breaks, digits and separators among the code units of bytes read as UTF-16; 0 where more than a
 * stray unit is none of any text, or no line ends.
 * @param high where in each pair the high byte stands
 */
function plainShare(bytes: Uint8Array, high: 0 | 1): number {
	const units = Math.floor(bytes.length / 2);
	let plain = 0;
	let breaks = 0;
	let strange = 0;
	for (let unit = 0; unit < units; unit += 1) {
		const code = ((bytes[unit * 2 + high] ?? 0) << 8) | (bytes[unit * 2 + 1 - high] ?? 0);
		if (code === 10 || code === 13) breaks += 1;
		else if (code === 9 || (code >= 0x20 && code < 0x40) || code === 0x7c) plain += 1;
		else if (code < 0x20 || code >= 0xfffe) strange += 1;
	}
	return breaks === 0 || strange * 100 > units ? 0 : (plain + breaks) / units;
}

/** Whether bytes are UTF-8; a few broken ones among many letters of several bytes do not make it another encoding. */
function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return isNearlyUtf8(new TextDecoder('utf-8').decode(bytes));
	}
}

function isNearlyUtf8(text: string): boolean {
	const broken = text.match(/\ufffd/g)?.length ?? 0;
	// Other encodings hardly ever make a letter of several bytes by chance.
	const letters = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
	return letters >= 2 && letters >= broken * 4;
}
