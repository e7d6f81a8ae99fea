import type { Bytes } from '../crypto/bytes.ts';
import { latin, sniffHead } from './sniff.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';

/**
 * What a file may tell of where it was made: `none`, it is no picture or film of a camera; `strips`, a kind of picture
 * from which `stripPlace` takes that out; `stays`, a camera's file from which it cannot be taken out here.
 */
export type PlaceIn = 'none' | 'strips' | 'stays';

/** By the first bytes of a file. */
export function placeIn(head: Bytes): PlaceIn {
	const shown = sniffHead(head);
	if (shown === 'image/jpeg' || shown === 'image/png' || shown === 'image/webp') return 'strips';
	if (shown === 'image/avif') return 'stays';
	if (shown !== null) return 'none';
	const start = latin(head, 0, 12);
	// Films and HEIC are boxes that begin with `ftyp` (or, in old films, others); raw pictures are TIFF.
	return /^.{4}(ftyp|moov|mdat|wide|skip|free|JXL )/s.test(start) || /^(II\*\0|MM\0\*|\x1aE\xdf\xa3)/.test(start)
		? 'stays'
		: 'none';
}

/**
 * A picture without place, device, time, texts and small second pictures, but turned as it was; not a byte of the
 * picture itself is another.
 * @returns the pieces of the new file in order, most of them views of the old one; null where it was not understood
 */
export function stripPlace(bytes: Bytes): Bytes[] | null {
	switch (sniffHead(bytes)) {
		case 'image/jpeg':
			return stripJpeg(bytes);
		case 'image/png':
			return stripPng(bytes);
		case 'image/webp':
			return stripWebp(bytes);
		default:
			return null;
	}
}
