// W3C PNG, third edition, 5 and 11.
import type { Bytes } from '../crypto/bytes.ts';
import { readOrientation, writeOrientation } from './exif.ts';
import { latin } from './sniff.ts';

const SIGNATURE = 8;
/** A chunk beside its data: length, type, checksum. */
const AROUND = 12;

/** Chunks that say how to draw the picture, beside the critical ones; all others are words about it. */
const drawn = new Set(
	['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'hIST', 'pHYs', 'sPLT', 'cICP', 'mDCV', 'cLLI'].concat(
		'acTL',
		'fcTL',
		'fdAT'
	)
);

/**
 * A PNG without what was written about it: texts, times, Exif (but how to turn it), anything unknown, and whatever
 * follows its end.
 * @returns the pieces of the new file; null where this is no whole PNG
 */
export function stripPng(bytes: Bytes): Bytes[] | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const kept: Bytes[] = [];
	let orientation = 1;
	for (let at = SIGNATURE; at + AROUND <= bytes.length;) {
		const end = at + AROUND + view.getUint32(at);
		const type = latin(bytes, at + 4, at + 8);
		if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return null;
		if (kept.length === 0 && type !== 'IHDR') return null;
		if (type === 'eXIf') orientation = readOrientation(bytes.subarray(at + 8, end - 4));
		if (/^[A-Z]/.test(type) || drawn.has(type)) kept.push(bytes.subarray(at, end));
		if (type === 'IEND') return put(bytes.subarray(0, SIGNATURE), kept, orientation);
		at = end;
	}
	return null;
}

function put(signature: Bytes, [head, ...rest]: Bytes[], orientation: number): Bytes[] {
	const exif = orientation === 1 ? [] : [chunk('eXIf', writeOrientation(orientation))];
	return [signature, ...(head ? [head] : []), ...exif, ...rest];
}

function chunk(type: string, data: Bytes): Bytes {
	const made = new Uint8Array(AROUND + data.length);
	const view = new DataView(made.buffer);
	view.setUint32(0, data.length);
	made.set(
		[...type].map((letter) => letter.charCodeAt(0)),
		4
	);
	made.set(data, 8);
	view.setUint32(8 + data.length, crc32(made.subarray(4, 8 + data.length)));
	return made;
}

/** The checksum of PNG, annex D, bit by bit: for a few bytes a table is not worth it. */
function crc32(bytes: Bytes): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}
