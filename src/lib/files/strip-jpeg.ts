// ITU-T T.81, annex B; JFIF 1.02; Exif 2.32, 4.7.
import type { Bytes } from '../crypto/bytes.ts';
import { readOrientation, writeOrientation } from './exif.ts';
import { latin } from './sniff.ts';

const EXIF = 'Exif\0\0';
const EOI = 0xd9;
const SOS = 0xda;

/**
 * A JPEG without what a camera wrote about it: of the application segments only those stay that say how the picture's
 * own bytes are meant (JFIF, a colour profile, Adobe's transform), and one is made anew if the picture is to be turned.
 * What follows the picture goes too: cameras hang further pictures and films there, with places of their own.
 * @returns the pieces of the new file, pieces of the old one mostly; null where this is no whole JPEG
 */
export function stripJpeg(bytes: Bytes): Bytes[] | null {
	const kept: Bytes[] = [];
	let orientation = 1;
	let at = 2;
	for (;;) {
		const marker = markerAt(bytes, at);
		if (marker === null) return null;
		if (marker === EOI) break;
		const end = at + 2 + lengthAt(bytes, at + 2);
		if (end > bytes.length || end < at + 4) return null;
		const told = orientationIn(bytes, marker, at + 4, end);
		if (told !== null) orientation = told;
		// A scan's own bytes follow its head, without a length.
		const next = marker === SOS ? endOfScan(bytes, end) : end;
		if (isPicture(bytes, marker, at + 4)) kept.push(bytes.subarray(at, next));
		at = next;
	}
	const isFirst = kept[0] !== undefined && kept[0][1] === 0xe0;
	const exif = orientation === 1 ? [] : [exifSegment(orientation)];
	return [bytes.subarray(0, 2), ...kept.splice(0, isFirst ? 1 : 0), ...exif, ...kept, bytes.subarray(at, at + 2)];
}

/** The marker at a place, which must be one; null where it is not. */
function markerAt(bytes: Bytes, at: number): number | null {
	const marker = bytes[at + 1];
	if (bytes[at] !== 0xff || marker === undefined) return null;
	// 00 and FF are no markers; RSTn stands within scans only, SOI once.
	return marker === EOI || (marker >= 0xc0 && marker < 0xd0) || marker > 0xd9
		? marker === 0xff
			? null
			: marker
		: null;
}

function lengthAt(bytes: Bytes, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Where the next marker that ends a scan begins. */
function endOfScan(bytes: Bytes, from: number): number {
	for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? 0;
		if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
	}
	return bytes.length;
}

/** Does a segment say how to draw the picture? Application segments and comments do not, but for these. */
function isPicture(bytes: Bytes, marker: number, from: number): boolean {
	if (marker === 0xfe) return false;
	if (marker < 0xe0 || marker > 0xef) return true;
	const name = latin(bytes, from, from + 12);
	if (marker === 0xe0) return name.startsWith('JFIF\0');
	if (marker === 0xe2) return name.startsWith('ICC_PROFILE\0');
	return marker === 0xee && name.startsWith('Adobe');
}

function orientationIn(bytes: Bytes, marker: number, from: number, end: number): number | null {
	if (marker !== 0xe1 || latin(bytes, from, from + EXIF.length) !== EXIF) return null;
	return readOrientation(bytes.subarray(from + EXIF.length, end));
}

function exifSegment(orientation: number): Bytes {
	const tiff = writeOrientation(orientation);
	const length = 2 + EXIF.length + tiff.length;
	const name = [...EXIF].map((letter) => letter.charCodeAt(0));
	return new Uint8Array([0xff, 0xe1, length >> 8, length & 0xff, ...name, ...tiff]);
}
