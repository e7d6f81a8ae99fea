import { joinBytes } from '../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../src/lib/crypto/bytes.ts';

/** A place as a camera writes it, 40° 25' 0.77", and the words of its device: what no stripped picture may hold. */
export const PLACE = Uint8Array.of(0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 77, 0, 0, 0, 100);
export const DEVICE = 'Canary Camera 9000';

export const letters = (text: string): Bytes => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Does a run of bytes stand anywhere in others? */
export function holds(bytes: Uint8Array, run: Uint8Array): boolean {
	return Buffer.from(bytes).includes(Buffer.from(run));
}

/** A TIFF block as a camera writes it: the device, the orientation, and a GPS directory with a latitude. */
export function exifOf(orientation: number): Bytes {
	const device = letters(`${DEVICE}\0\0`);
	const gps = 8 + 2 + 3 * 12 + 4 + device.length;
	const tiff = new Uint8Array(gps + 2 + 2 * 12 + 4 + PLACE.length);
	const view = new DataView(tiff.buffer);
	tiff.set([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8]);
	view.setUint16(8, 3);
	entry(view, 10, 0x0110, 2, device.length, 50);
	entry(view, 22, 0x0112, 3, 1, orientation << 16);
	entry(view, 34, 0x8825, 4, 1, gps);
	tiff.set(device, 50);
	view.setUint16(gps, 2);
	entry(view, gps + 2, 1, 2, 2, 0x4e000000);
	entry(view, gps + 14, 2, 5, 3, gps + 30);
	tiff.set(PLACE, gps + 30);
	return tiff;
}

function entry(view: DataView, at: number, tag: number, type: number, count: number, value: number): void {
	view.setUint16(at, tag);
	view.setUint16(at + 2, type);
	view.setUint32(at + 4, count);
	view.setUint32(at + 8, value);
}

/** What a camera writes into a JPEG after its first two bytes: Exif, XMP, IPTC, a comment and a directory of further pictures. */
export function cameraSegments(orientation: number): Bytes {
	return joinBytes(
		segment(0xe1, joinBytes(letters('Exif\0\0'), exifOf(orientation))),
		segment(0xe1, letters(`http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="40,25.0N" tiff:Model="${DEVICE}"/>`)),
		segment(0xed, letters(`Photoshop 3.0\0${DEVICE}`)),
		segment(0xfe, letters(`comment of ${DEVICE}`)),
		segment(0xe2, letters(`MPF\0${DEVICE}`))
	);
}

export function segment(marker: number, data: Bytes): Bytes {
	const length = data.length + 2;
	return joinBytes(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), data);
}

/** The same JPEG as a camera would have written it: with its words about it, and a second picture hung on. */
export function asTaken(jpeg: Bytes, orientation: number): Bytes {
	const second = joinBytes(Uint8Array.of(0xff, 0xd8), cameraSegments(1), Uint8Array.of(0xff, 0xd9));
	return joinBytes(jpeg.subarray(0, 2), cameraSegments(orientation), jpeg.subarray(2), second);
}

/** The frame of a JPEG: tables, two scans with what looks like markers in them, an end. No decoder would draw it. */
export function frameOfJpeg(): Bytes {
	return joinBytes(
		Uint8Array.of(0xff, 0xd8),
		segment(0xe0, letters('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
		segment(0xe2, letters('ICC_PROFILE\0\x01\x01 colours')),
		segment(0xee, letters('Adobe\0d\0\0\0\0\x01')),
		segment(0xdb, new Uint8Array(65)),
		segment(0xc2, new Uint8Array(15)),
		segment(0xda, new Uint8Array(10)),
		Uint8Array.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0, 0xe1, 5),
		segment(0xc4, new Uint8Array(20)),
		segment(0xda, new Uint8Array(10)),
		Uint8Array.of(9, 8, 7, 0xff, 0xd9)
	);
}

/** A PNG of the chunks a real one has, with words about it between them; the checksums are not right. */
export function pngAsTaken(orientation: number): Bytes {
	return joinBytes(
		letters('\x89PNG\r\n\x1a\n'),
		pngChunk('IHDR', new Uint8Array(13)),
		pngChunk('gAMA', new Uint8Array(4)),
		pngChunk('eXIf', exifOf(orientation)),
		pngChunk('tEXt', letters(`Author\0${DEVICE}`)),
		pngChunk('iTXt', letters(`XML:com.adobe.xmp\0\0\0\0\0${DEVICE}`)),
		pngChunk('zTXt', letters(`Raw profile type exif\0\0${DEVICE}`)),
		pngChunk('IDAT', letters('drawn')),
		pngChunk('IEND', new Uint8Array(0)),
		letters(DEVICE)
	);
}

export function pngChunk(type: string, data: Bytes): Bytes {
	const length = new Uint8Array(4);
	new DataView(length.buffer).setUint32(0, data.length);
	return joinBytes(length, letters(type), data, new Uint8Array(4));
}

/** A WebP with a profile, Exif and XMP. */
export function webpAsTaken(orientation: number): Bytes {
	const chunks = joinBytes(
		webpChunk('VP8X', Uint8Array.of(0x2c, 0, 0, 0, 1, 0, 0, 1, 0, 0)),
		webpChunk('ICCP', letters('colours')),
		webpChunk('VP8 ', letters('drawn')),
		webpChunk('EXIF', exifOf(orientation)),
		webpChunk('XMP ', letters(`<x tiff:Model="${DEVICE}"/>`))
	);
	return joinBytes(letters('RIFF'), little(chunks.length + 4), letters('WEBP'), chunks, letters(DEVICE));
}

function webpChunk(type: string, data: Bytes): Bytes {
	return joinBytes(letters(type), little(data.length), data, new Uint8Array(data.length & 1));
}

function little(value: number): Bytes {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, value, true);
	return bytes;
}
