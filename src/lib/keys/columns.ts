// Bodies as they go over to the key worker and back: a column of each member, and all envelopes in one piece. An object a
// row costs more to copy than what is in it; and the page writes and reads base64url while the worker ciphers.
import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import { pieceOfTexts, textsOf } from './in-one-piece.ts';
import type { Piece } from './in-one-piece.ts';
import type { BodyToOpen, SealedBody, Unread } from './record-keys.ts';

interface PlaceColumns {
	ids: readonly string[];
	/** Decimal. */
	revs: readonly string[];
}

/** Bodies to sign and seal: their JSON. */
export interface JsonColumns extends PlaceColumns {
	jsons: readonly string[];
}

/** Envelopes of one generation. */
export interface SealedColumns extends Piece {
	generation: number;
}

/** Envelopes to open. */
export interface BodyColumns extends PlaceColumns, Piece {
	generations: readonly number[];
}

/** Of each body its JSON as its author wrote it, and the author; or null, and why. */
export interface OpenedColumns {
	jsons: readonly (string | null)[];
	authors: readonly (string | null)[];
	whys: readonly (Unread | null)[];
}

/** Bodies to seal anew: the envelope of each, or its JSON where it has no user layer. */
export interface ResealColumns extends BodyColumns {
	domains: readonly Domain[];
	jsons: readonly (string | null)[];
}

/** A body to sign and seal: its JSON. */
export interface JsonToSeal {
	id: string;
	rev: string;
	json: string;
}

/** An opened body: its JSON. */
export type OpenedJson = { ok: true; json: string; author: string } | { ok: false; why: Unread };

/** What became of a body that is to be sealed anew: null where it cannot be opened. */
export interface ResealedBody {
	id: string;
	rev: string;
	from: number;
	to: number;
	sealed: string | null;
}

export function jsonColumns(bodies: readonly JsonToSeal[]): JsonColumns {
	return { ...placesOf(bodies), jsons: bodies.map(({ json }) => json) };
}

export function sealedBodies({ generation, ...piece }: SealedColumns): SealedBody[] {
	return textsOf(piece).map((sealed) => ({ sealed, generation }));
}

export function bodyColumns(rows: readonly BodyToOpen[]): BodyColumns {
	const generations = rows.map(({ generation }) => generation);
	return { ...placesOf(rows), generations, ...pieceOfTexts(rows.map(({ sealed }) => sealed)) };
}

export function openedJsons({ jsons, authors, whys }: OpenedColumns): OpenedJson[] {
	return jsons.map((json, at) => {
		const author = authors[at];
		if (json !== null && author) return { ok: true, json, author };
		return { ok: false, why: whys[at] ?? 'cannot-open' };
	});
}

export function resealColumns(rows: readonly RecordRow[]): ResealColumns {
	return {
		...placesOf(rows),
		domains: rows.map(({ domain }) => domain),
		generations: rows.map(({ generation = 0 }) => generation),
		jsons: rows.map(({ generation = 0, plain }) => (generation === 0 && plain ? JSON.stringify(plain) : null)),
		...pieceOfTexts(rows.map(({ sealed = '' }) => sealed))
	};
}

/** @param sealed the envelope of each, without bytes where it cannot be opened */
export function resealedBodies(
	rows: readonly RecordRow[],
	{ generation: to, ...piece }: SealedColumns
): ResealedBody[] {
	const texts = textsOf(piece);
	return rows.map(({ id, rev, generation: from = 0 }, at) => ({ id, rev, from, to, sealed: texts[at] || null }));
}

function placesOf(rows: readonly { id: string; rev: string }[]): PlaceColumns {
	return { ids: rows.map(({ id }) => id), revs: rows.map(({ rev }) => rev) };
}
