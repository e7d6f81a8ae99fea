import { crc32 as crcByZlib } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { readOrientation } from '../../../src/lib/files/exif.ts';
import { latin } from '../../../src/lib/files/sniff.ts';
import { placeIn, stripPlace } from '../../../src/lib/files/strip-place.ts';
import {
	asTaken,
	DEVICE,
	exifOf,
	frameOfJpeg,
	holds,
	letters,
	PLACE,
	pngAsTaken,
	webpAsTaken
} from '../../factories/pictures.ts';

const taken: Readonly<Record<string, (orientation: number) => Bytes>> = {
	jpeg: (orientation) => asTaken(frameOfJpeg(), orientation),
	png: pngAsTaken,
	webp: webpAsTaken
};
const stripped = (bytes: Bytes): Bytes => joinBytes(...(stripPlace(bytes) ?? []));

/** The orientation that a picture says, wherever its block stands. */
function orientationOf(picture: Bytes): number {
	const at = Buffer.from(picture).indexOf(Buffer.from([0x4d, 0x4d, 0, 0x2a]));
	return at === -1 ? 1 : readOrientation(picture.subarray(at));
}

describe.each(Object.entries(taken))('a camera’s %s', (_, make) => {
	test('holds place and device before, and neither after', () => {
		const before = make(1);
		expect(holds(before, PLACE) && holds(before, letters(DEVICE))).toBe(true);
		const after = stripped(before);
		expect(after.length).toBeGreaterThan(30);
		expect(holds(after, PLACE) || holds(after, letters(DEVICE)) || holds(after, letters('GPS'))).toBe(false);
	});

	test.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps the orientation %i', (orientation) => {
		expect(orientationOf(stripped(make(orientation)))).toBe(orientation);
	});

	test('that has nothing to take out any more stays as it is, byte for byte', () => {
		for (const orientation of [1, 6]) {
			const once = stripped(make(orientation));
			expect(stripped(once)).toEqual(once);
		}
	});

	test('cut short or altered is understood or not, and never throws', () => {
		const whole = make(6);
		for (let length = 0; length <= whole.length; length++) stripPlace(whole.slice(0, length));
		const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 });
		fc.assert(
			fc.property(edits, fc.uint8Array({ maxLength: 40 }), (changed, tail) => {
				const hostile = joinBytes(whole, tail);
				for (const [at, byte] of changed) hostile[at] = byte;
				const pieces = stripPlace(hostile);
				// What comes out is bounded by what went in, and one block of orientation.
				if (pieces) expect(joinBytes(...pieces).length).toBeLessThan(hostile.length + 50);
			}),
			{ numRuns: process.env.ARCA_SOAK ? 20_000 : 500 }
		);
	});
});

test('a JPEG keeps its picture’s own segments and scans untouched and in order', () => {
	const frame = frameOfJpeg();
	expect(stripped(asTaken(frame, 1))).toEqual(frame);
	const turned = stripped(asTaken(frame, 6));
	// JFIF wants to be first.
	expect(latin(turned, 6, 10)).toBe('JFIF');
	expect(turned.length).toBe(frame.length + 36);
});

test('a JPEG or a PNG that does not end is not understood', () => {
	expect(stripPlace(frameOfJpeg().slice(0, -2))).toBeNull();
	const png = pngAsTaken(1);
	expect(stripPlace(png.slice(0, png.length - DEVICE.length - 12))).toBeNull();
});

test('the block made for a PNG has the checksum that readers demand', () => {
	const png = stripped(pngAsTaken(6));
	const at = Buffer.from(png).indexOf('eXIf');
	// Of these thirty bytes, by zlib.
	expect(new DataView(png.buffer).getUint32(at + 4 + 26)).toBe(crcByZlib(png.subarray(at, at + 30)));
});

test('the orientation is read from blocks of either byte order, and 1 from anything else', () => {
	const little = Uint8Array.of(
		0x49,
		0x49,
		0x2a,
		0,
		8,
		0,
		0,
		0,
		1,
		0,
		0x12,
		1,
		3,
		0,
		1,
		0,
		0,
		0,
		8,
		0,
		0,
		0,
		0,
		0,
		0,
		0
	);
	expect(readOrientation(little)).toBe(8);
	expect(readOrientation(exifOf(3))).toBe(3);
	expect(readOrientation(exifOf(9))).toBe(1);
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
			const said = readOrientation(joinBytes(exifOf(1).subarray(0, 4), bytes));
			expect(said >= 1 && said <= 8).toBe(true);
		})
	);
});

test('of films, HEIC and raw pictures it is said that the place stays', () => {
	const box = (brand: string): Bytes => joinBytes(Uint8Array.of(0, 0, 0, 24), letters(`ftyp${brand}`));
	for (const brand of ['heic', 'mif1', 'qt  ', 'isom', 'mp42', 'avif'])
		expect(placeIn(box(brand)), brand).toBe('stays');
	expect(placeIn(letters('II*\0........'))).toBe('stays');
	expect(placeIn(frameOfJpeg())).toBe('strips');
	for (const other of ['%PDF-1.7', 'plain words', '', 'GIF89a']) expect(placeIn(letters(other)), other).toBe('none');
});
