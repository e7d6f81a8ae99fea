import type { Bytes } from '../crypto/bytes.ts';

/** Everything Arca shows of a file within itself. What is not here is downloaded and shown by something else. */
export type Shown =
	| 'image/jpeg'
	| 'image/png'
	| 'image/webp'
	| 'image/gif'
	| 'image/avif'
	| 'application/pdf'
	| 'text/plain'
	| 'audio/mpeg'
	| 'audio/mp4'
	| 'audio/ogg'
	| 'audio/wav';

/** Bytes of a file's beginning that `sniffHead` looks at. */
export const HEAD = 64;

const starts: readonly (readonly [Shown, string])[] = [
	['image/jpeg', '\xff\xd8\xff'],
	['image/png', '\x89PNG\r\n\x1a\n'],
	['image/gif', 'GIF87a'],
	['image/gif', 'GIF89a'],
	['application/pdf', '%PDF-'],
	['audio/mpeg', 'ID3'],
	['audio/ogg', 'OggS']
];
const brands: Readonly<Record<string, Shown>> = {
	avif: 'image/avif',
	avis: 'image/avif',
	'M4A ': 'audio/mp4',
	'M4B ': 'audio/mp4'
};

/**
 * What a file is by its first bytes, whatever its name and type say: those come from whoever wrote the record. Text has
 * no first bytes of its own: see `readText`.
 * @returns null for anything that is not shown here
 */
export function sniffHead(head: Bytes): Shown | null {
	const text = latin(head, 0, HEAD);
	const known = starts.find(([, start]) => text.startsWith(start));
	if (known) return known[0];
	if (text.startsWith('RIFF')) {
		const form = text.slice(8, 12);
		return form === 'WEBP' ? 'image/webp' : form === 'WAVE' ? 'audio/wav' : null;
	}
	if (text.slice(4, 8) === 'ftyp') return brands[text.slice(8, 12)] ?? null;
	return isMpegFrame(head) ? 'audio/mpeg' : null;
}

/**
 * The text of a file that is nothing but text: UTF-8 without control characters, and no markup, of which a page could be
 * made somewhere.
 * @returns null for anything else
 */
export function readText(bytes: Bytes): string | null {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null;
	}

	if (/[\x00-\x08\x0e-\x1f]/.test(text)) return null;
	return text.trimStart().startsWith('<') ? null : text;
}

/** Characters 0 to 255 for the bytes from `from` up to `to`, as far as there are any. */
export function latin(bytes: Bytes, from: number, to: number): string {
	return String.fromCharCode(...bytes.subarray(from, to));
}

/** The sync word of an MPEG audio frame, layer III, with a bit rate and a sample rate that exist. */
function isMpegFrame([first = 0, second = 0, third = 0]: Bytes): boolean {
	if (first !== 0xff || (second & 0xe6) !== 0xe2 || (second & 0x18) === 0x08) return false;
	return third >> 4 !== 0xf && third >> 4 !== 0 && (third & 0x0c) !== 0x0c;
}
