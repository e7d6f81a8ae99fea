import { guessEncoding, startsWith } from './guess-encoding.ts';
import { ImportError } from './import-error.ts';
import { declaredEncoding } from './ofx/declared-encoding.ts';

/** The encodings banks write, most usual first. Windows-1250 and 1251 cannot be told from 1252: a file says so, or they are chosen. */
export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1251'] as const;
export type Encoding = (typeof encodings)[number];

export interface DecodedText {
	text: string;
	encoding: Encoding;
	/** Physical lines, from 1, with characters that could not be read; in the text they are U+FFFD. */
	unreadable: number[];
}

/**
 * The text of a file's bytes, without its byte order mark, by the encoding `guessEncoding` finds, or the code page it
 * names itself.
 * @param bytes the whole file
 * @param chosen the encoding to use whatever the bytes look like
 * @throws ImportError `import/empty`, `import/workbook`, `import/pdf`, `import/not-text`
 */
export function decodeText(bytes: Uint8Array, chosen?: Encoding): DecodedText {
	if (bytes.length === 0) throw new ImportError('import/empty');
	refuseOtherFiles(bytes);
	const guess = guessEncoding(bytes);
	const encoding = chosen ?? (guess === 'windows-1252' ? (declaredEncoding(bytes) ?? guess) : guess);
	// The decoder drops the mark of its own encoding; a foreign one is part of a wrongly chosen encoding's text.
	const text = new TextDecoder(encoding).decode(bytes);
	if (text.trim() === '') throw new ImportError('import/empty');
	return { text, encoding, unreadable: unreadableLines(text) };
}

function unreadableLines(text: string): number[] {
	if (!text.includes('\ufffd')) return [];
	return text.split(/\r\n|\r|\n/).flatMap((line, index) => (line.includes('\ufffd') ? [index + 1] : []));
}

function refuseOtherFiles(bytes: Uint8Array): void {
	// ZIP (.xlsx, .ods) and the older compound file (.xls).
	if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
		throw new ImportError('import/workbook');
	}
	if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) throw new ImportError('import/pdf');
}
