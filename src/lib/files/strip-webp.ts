// RFC 9649, 2.3 to 2.7.
import type { Bytes } from '../crypto/bytes.ts';
import { readOrientation, writeOrientation } from './exif.ts';
import { latin } from './sniff.ts';

const HEADER = 12;
const CHUNK = 8;
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
const drawn = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/**
 * A WebP without what was written about it: Exif (but how to turn it), XMP, anything unknown, and whatever follows its
 * end.
 * @returns the pieces of the new file; null where this is no whole WebP
 */
export function stripWebp(bytes: Bytes): Bytes[] | null {
	if (bytes.length < HEADER) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const stop = CHUNK + view.getUint32(4, true);
	if (stop > bytes.length) return null;
	const kept: Bytes[] = [];
	let orientation = 1;
	for (let at = HEADER; at < stop;) {
		if (at + CHUNK > stop) return null;
		const size = view.getUint32(at + 4, true);
		// A chunk of an odd size has a byte more, which it does not count.
		const end = at + CHUNK + size + (size & 1);
		if (end > stop) return null;
		const type = latin(bytes, at, at + 4);
		if (type === 'EXIF') orientation = readOrientation(withoutName(bytes.subarray(at + CHUNK, at + CHUNK + size)));
		if (type === 'VP8X' && size < 10) return null;
		if (drawn.has(type)) kept.push(bytes.subarray(at, end));
		at = end;
	}
	return kept.length === 0 ? null : put(kept, orientation);
}

/** Some write the name that Exif has in a JPEG here too. */
function withoutName(exif: Bytes): Bytes {
	return latin(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
}

function put(kept: Bytes[], orientation: number): Bytes[] {
	const [head, ...rest] = kept;
	if (!head || latin(head, 0, 4) !== 'VP8X') return [header(kept), ...kept];
	const isTurned = orientation !== 1;
	const said = head.slice();
	said[CHUNK] = ((head[CHUNK] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (isTurned ? EXIF_FLAG : 0);
	const chunks = [said, ...rest, ...(isTurned ? [exifChunk(orientation)] : [])];
	return [header(chunks), ...chunks];
}

function header(chunks: readonly Bytes[]): Bytes {
	const made = new Uint8Array(HEADER);
	made.set([...'RIFF....WEBP'].map((letter) => letter.charCodeAt(0)));
	const size = 4 + chunks.reduce((sum, { length }) => sum + length, 0);
	new DataView(made.buffer).setUint32(4, size, true);
	return made;
}

function exifChunk(orientation: number): Bytes {
	const tiff = writeOrientation(orientation);
	const made = new Uint8Array(CHUNK + tiff.length);
	made.set([...'EXIF'].map((letter) => letter.charCodeAt(0)));
	new DataView(made.buffer).setUint32(4, tiff.length, true);
	made.set(tiff, CHUNK);
	return made;
}
