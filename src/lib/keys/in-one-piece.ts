import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';

/** Rows of bytes one after the other in memory of their own, which is handed over in one, without a copy. */
export interface Piece {
	bytes: Bytes;
	/** Bytes of each row. */
	sizes: readonly number[];
}

/** Rows in one piece. */
export function inOnePiece(rows: readonly Uint8Array[]): Piece {
	const sizes = rows.map(({ length }) => length);
	const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
	let at = 0;
	for (const row of rows) {
		bytes.set(row, at);
		at += row.length;
	}
	return { bytes, sizes };
}

/** The rows of a piece, as views on it. */
export function rowsOf({ bytes, sizes }: Piece): Bytes[] {
	let end = 0;
	return sizes.map((size) => bytes.subarray(end, (end += size)));
}

/** Rows of base64url in one piece. Throws CryptoError `crypto/input` on a text that is not strict. */
export function pieceOfTexts(texts: readonly string[]): Piece {
	return inOnePiece(texts.map(fromBase64url));
}

/** The rows of a piece as base64url. */
export function textsOf(piece: Piece): string[] {
	return rowsOf(piece).map(toBase64url);
}
