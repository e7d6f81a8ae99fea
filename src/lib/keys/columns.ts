// Bodies as they go over to the key worker and back: a column of each member, and all bodies in one piece. An object a
// row costs more to copy than what is in it; and the page writes and reads JSON and base64url while the worker ciphers.
import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import { base64urlSize } from '../crypto/base64url.ts';
import { isRecordPlain, readRecord } from '../crypto/record-plain.ts';
import { layOutJson, signedEnvelopeSize } from '../crypto/signed-plain.ts';
import { pieceOf, rowsOf, textsOf, writeText } from './in-one-piece.ts';
import type { Piece } from './in-one-piece.ts';
import type { BodyToOpen, BodyToSeal, Opened, SealedBody, Unread } from './record-keys.ts';

/** Bodies and their places: to sign and seal, they are laid out where their envelopes will be. */
export interface PlacedColumns extends Piece {
	ids: readonly string[];
	/** Decimal. */
	revs: readonly string[];
}

/** Envelopes of one generation. */
export interface SealedColumns extends Piece {
	generation: number;
}

/** Envelopes to open. */
export interface BodyColumns extends PlacedColumns {
	generations: readonly number[];
}

/** Of each body its JSON as its author wrote it, which nobody has read yet, and the author; or null, and why. */
export interface OpenedColumns extends Piece {
	authors: readonly (string | null)[];
	whys: readonly (Unread | null)[];
}

/** Bodies to seal anew: the envelope of each, or laid out where it has no user layer (generation 0). */
export interface ResealColumns extends BodyColumns {
	domains: readonly Domain[];
}

/** Which of them were sealed anew. */
export interface ResealedColumns extends SealedColumns {
	anew: readonly boolean[];
}

/** A body to sign and seal: its JSON (`recordJson`). */
export interface JsonToSeal extends Omit<BodyToSeal, 'plain'> {
	json: string;
}

/** What became of a body that is to be sealed anew: null where it cannot be opened. */
export interface ResealedBody {
	id: string;
	rev: string;
	from: number;
	to: number;
	sealed: string | null;
}

export function jsonColumns(bodies: readonly JsonToSeal[]): PlacedColumns {
	const roomOf = ({ json }: JsonToSeal): number => signedEnvelopeSize(json.length);
	return { ...placesOf(bodies), ...pieceOf(bodies, roomOf, ({ json }, out) => layOutJson(json, out)) };
}

export function sealedBodies({ generation, ...piece }: SealedColumns): SealedBody[] {
	return textsOf(piece).map((sealed) => ({ sealed, generation }));
}

export function bodyColumns(rows: readonly BodyToOpen[]): BodyColumns {
	const generations = rows.map(({ generation }) => generation);
	const roomOf = ({ sealed }: BodyToOpen): number => base64urlSize(sealed);
	return { ...placesOf(rows), generations, ...pieceOf(rows, roomOf, ({ sealed }, out) => writeText(sealed, out)) };
}

/** Reads what the worker opened, which holds nothing afterwards. What is no record is not shown. */
export function openedBodies({ authors, whys, ...piece }: OpenedColumns): Opened[] {
	const opened = rowsOf(piece).map((content, at): Opened => {
		const author = authors[at];
		const plain = author ? readRecord(content) : undefined;
		return author && plain ? { ok: true, plain, author } : { ok: false, why: whys[at] ?? 'cannot-open' };
	});
	piece.bytes.fill(0);
	return opened;
}

export function resealColumns(rows: readonly RecordRow[]): ResealColumns {
	return {
		...placesOf(rows),
		domains: rows.map(({ domain }) => domain),
		generations: rows.map(({ generation = 0 }) => generation),
		...pieceOf(rows.map(bodyOf), roomOf, write)
	};
}

/**
 * What is sealed anew of a row; of one that is no record nothing. So of bytes that came without a generation: they would
 * be signed unread.
 */
function bodyOf({ generation = 0, plain, sealed = '' }: RecordRow): { sealed: string } | { json: string } {
	if (generation > 0) return { sealed };
	return isRecordPlain(plain) ? { json: JSON.stringify(plain) } : { sealed: '' };
}

function roomOf(body: ReturnType<typeof bodyOf>): number {
	return 'json' in body ? signedEnvelopeSize(body.json.length) : base64urlSize(body.sealed);
}

function write(body: ReturnType<typeof bodyOf>, out: Uint8Array<ArrayBuffer>): number | null {
	return 'json' in body ? layOutJson(body.json, out) : writeText(body.sealed, out);
}

export function resealedBodies(
	rows: readonly RecordRow[],
	{ generation: to, anew, ...piece }: ResealedColumns
): ResealedBody[] {
	const texts = textsOf(piece);
	return rows.map(({ id, rev, generation: from = 0 }, at) => ({
		...{ id, rev, from, to },
		sealed: anew[at] ? (texts[at] ?? null) : null
	}));
}

function placesOf(rows: readonly { id: string; rev: string }[]) {
	return { ids: rows.map(({ id }) => id), revs: rows.map(({ rev }) => rev) };
}
