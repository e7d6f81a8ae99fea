// Exif 2.32, 4.5.4 and 4.6.2: a TIFF of which nothing is read here but the orientation.
import type { Bytes } from '../crypto/bytes.ts';

/** How a picture is to be turned, 1 to 8 as Exif has it; 1: as it is. */
export type Orientation = number;

const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY = 12;

/**
 * The orientation that a TIFF block says; 1 where it says none, or is no such block.
 * @param tiff what follows `Exif\0\0` in a JPEG, and stands by itself in PNG and WebP
 */
export function readOrientation(tiff: Bytes): Orientation {
	const mark = tiff.length < 8 ? '' : String.fromCharCode(...tiff.subarray(0, 4));
	const little = mark === 'II*\0';
	if (!little && mark !== 'MM\0*') return 1;
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
	const start = view.getUint32(4, little);
	if (start + 2 > tiff.length) return 1;
	const entries = Math.min(view.getUint16(start, little), Math.floor((tiff.length - start - 2) / ENTRY));
	for (let at = start + 2; at < start + 2 + entries * ENTRY; at += ENTRY) {
		if (view.getUint16(at, little) !== ORIENTATION || view.getUint16(at + 2, little) !== SHORT) continue;
		const found = view.getUint16(at + 8, little);
		return found >= 1 && found <= 8 ? found : 1;
	}
	return 1;
}

/** A TIFF block of 26 bytes that says the orientation and nothing else. */
export function writeOrientation(orientation: Orientation): Bytes {
	const tiff = new Uint8Array(26);
	const view = new DataView(tiff.buffer);
	tiff.set([0x4d, 0x4d, 0, 0x2a]);
	view.setUint32(4, 8);
	view.setUint16(8, 1);
	view.setUint16(10, ORIENTATION);
	view.setUint16(12, SHORT);
	view.setUint32(14, 1);
	view.setUint16(18, orientation);
	return tiff;
}
