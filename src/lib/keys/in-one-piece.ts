import { base64urlSize, fillBase64url, toBase64url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';

/** Rows of bytes one after the other in memory of their own, which is handed over in one, without a copy. */
export interface Piece {
	/** The rows, and what was not needed. */
	bytes: Bytes;
	/** Bytes of each row. */
	sizes: readonly number[];
}

/**
 * Rows that are written where they stay: memory of its own for each is much for the page to collect.
 * @param roomOf bytes that a row will take, as far as can be told before
 * @param write writes a row to the beginning of zeros; bytes that it took, or null where they are too few
 */
export function pieceOf<Row>(
	rows: readonly Row[],
	roomOf: (row: Row) => number,
	write: (row: Row, out: Bytes) => number | null
): Piece {
	let bytes: Bytes = new Uint8Array(rows.reduce((sum, row) => sum + roomOf(row), 0));
	let end = 0;
	const sizes = rows.map((row) => {
		let size = write(row, bytes.subarray(end));
		for (; size === null; size = write(row, bytes.subarray(end))) bytes = longer(bytes, end);
		end += size;
		return size;
	});
	return { bytes, sizes };
}

/** Twice the memory, with what is in use of it. The old holds nothing afterwards. */
function longer(bytes: Bytes, end: number): Bytes {
	const more = new Uint8Array(Math.max(bytes.length, 1) * 2);
	more.set(bytes.subarray(0, end));
	bytes.fill(0);
	return more;
}

/** The part of a piece that the rows take. */
export function usedOf({ bytes, sizes }: Piece): Bytes {
	return bytes.subarray(
		0,
		sizes.reduce((end, size) => end + size, 0)
	);
}

/** The rows of a piece, as views on it. */
export function rowsOf({ bytes, sizes }: Piece): Bytes[] {
	let end = 0;
	return sizes.map((size) => bytes.subarray(end, (end += size)));
}

/** Writes base64url to the beginning of memory; one that is not strict as zeros, which open nowhere: it stops no other. */
export function writeText(text: string, out: Bytes): number | null {
	const size = base64urlSize(text);
	if (size > out.length) return null;
	const row = out.subarray(0, size);
	try {
		fillBase64url(text, row);
	} catch {
		row.fill(0);
	}
	return size;
}

/** The rows of a piece as base64url. */
export function textsOf(piece: Piece): string[] {
	return rowsOf(piece).map(toBase64url);
}
