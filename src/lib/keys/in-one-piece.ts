import { base64urlSize, fillBase64url, toBase64url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';

/** Rows of bytes one after the other in memory of their own, which is handed over in one, without a copy. */
export interface Piece {
	bytes: Bytes;
	/** Bytes of each row. */
	sizes: readonly number[];
}

/** Rows in one piece. */
export function inOnePiece(rows: readonly Uint8Array[]): Piece {
	return fill(
		rows.map(({ length }) => length),
		(out, at) => out.set(rows[at] ?? [])
	);
}

/** The rows of a piece, as views on it. */
export function rowsOf({ bytes, sizes }: Piece): Bytes[] {
	let end = 0;
	return sizes.map((size) => bytes.subarray(end, (end += size)));
}

/** Rows of base64url in one piece; one that is not strict is zeros there, which open nowhere: it stops no other. */
export function pieceOfTexts(texts: readonly string[]): Piece {
	return fill(texts.map(base64urlSize), (out, at) => {
		try {
			fillBase64url(texts[at] ?? '', out);
		} catch {
			out.fill(0);
		}
	});
}

/** Rows that are written where they stay: memory of its own for each is much for the page to collect. */
function fill(sizes: readonly number[], write: (out: Bytes, at: number) => void): Piece {
	const piece = { bytes: new Uint8Array(sizes.reduce((sum, size) => sum + size, 0)), sizes };
	rowsOf(piece).forEach(write);
	return piece;
}

/** The rows of a piece as base64url. */
export function textsOf(piece: Piece): string[] {
	return rowsOf(piece).map(toBase64url);
}
