import { ImportError } from './import-error.ts';

/** The encodings banks write, most usual first. Windows-1250 cannot be told from 1252: it is there to be chosen. */
export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'windows-1250'] as const;
export type Encoding = (typeof encodings)[number];

export interface DecodedText {
	text: string;
	encoding: Encoding;
}

const SAMPLE = 4096;

/**
 * The text of a file's bytes, without its byte order mark.
 *
 * The mark decides where there is one; else the zero bytes tell UTF-16 and its order, bytes that are valid UTF-8
 * are UTF-8, and what is left is Windows-1252, in which every byte means something.
 * @param bytes the whole file
 * @param chosen the encoding to use whatever the bytes look like
 * @throws ImportError `import/empty`, `import/workbook`, `import/pdf`, `import/not-text`
 */
export function decodeText(bytes: Uint8Array, chosen?: Encoding): DecodedText {
	if (bytes.length === 0) throw new ImportError('import/empty');
	refuseOtherFiles(bytes);
	const encoding = chosen ?? guessEncoding(bytes);
	// The decoder drops the mark of its own encoding; a foreign one is part of a wrongly chosen encoding's text.
	const text = new TextDecoder(encoding).decode(bytes);
	if (text.trim() === '') throw new ImportError('import/empty');
	return { text, encoding };
}

/**
 * The encoding that bytes are most likely written in.
 * @throws ImportError `import/not-text` where zero bytes stand as no text has them
 */
export function guessEncoding(bytes: Uint8Array): Encoding {
	if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
	if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
	if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
	const zeros = countZeros(bytes.subarray(0, SAMPLE));
	if (zeros.even + zeros.odd > 0) {
		const pairs = Math.min(bytes.length, SAMPLE) / 2;
		// Western text has a zero in almost every pair, and hardly any at the other place.
		if (zeros.odd > pairs * 0.4 && zeros.even < pairs * 0.1) return 'utf-16le';
		if (zeros.even > pairs * 0.4 && zeros.odd < pairs * 0.1) return 'utf-16be';
		throw new ImportError('import/not-text');
	}
	return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function refuseOtherFiles(bytes: Uint8Array): void {
	// ZIP (.xlsx, .ods) and the older compound file (.xls).
	if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
		throw new ImportError('import/workbook');
	}
	if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new ImportError('import/pdf');
}

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
	return head.every((byte, index) => bytes[index] === byte);
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
	const zeros = { even: 0, odd: 0 };
	for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
	return zeros;
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
