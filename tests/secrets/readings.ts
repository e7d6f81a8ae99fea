import * as zlib from 'node:zlib';

/** Some bytes, and what was undone to get them. */
export interface Reading {
	undone: string[];
	bytes: Buffer;
}

/** How often something is undone in what was undone already: gzip in base64 in JSON is three. */
const DEPTH = 4;
const BIGGEST = 64 * 1024 * 1024;

/**
 * Some bytes as they are, and whatever they are an encoding of: JSON and percent escapes, runs of base64 and hexadecimal,
 * gzip and zlib wherever they begin, and the whole as bare deflate or Brotli.
 */
export function* readings(bytes: Buffer, undone: string[] = []): Generator<Reading> {
	yield { undone, bytes };
	if (undone.length === DEPTH) return;
	for (const [how, inner] of undo(bytes)) if (inner.length > 0) yield* readings(inner, [...undone, how]);
}

function* undo(bytes: Buffer): Generator<[string, Buffer]> {
	yield* unpack(bytes);
	const text = bytes.toString('latin1');
	if (/\\[u"\\/xbfnrt]/.test(text)) yield ['JSON', unescapeJson(text)];
	if (/%[0-9a-f]{2}/i.test(text)) yield ['percent', unescapePercent(text)];
	// Spelled secrets are found without this. It is for what was packed or written another way before.
	const [hex, base64] = [runs(text, /(?:[0-9a-f]{2}){16,}/gi), runs(text, /[\w+/-]{20,}/g)];
	if (hex.length > 0) yield ['hex', Buffer.concat(hex.map((run) => Buffer.from(run, 'hex')))];
	for (const run of base64) {
		const inner = Buffer.from(run, 'base64');
		if (isPacked(inner) || isText(inner)) yield ['base64', inner];
	}
}

const runs = (text: string, what: RegExp): string[] => text.match(what) ?? [];

/** gzip and zlib where their first bytes stand; bare deflate and Brotli, which have none, from the start. */
function* unpack(bytes: Buffer): Generator<[string, Buffer]> {
	// Without its header: what Node takes for gzip may have nothing behind it.
	for (const at of placesOf(bytes, 0x1f, (next) => next === 0x8b))
		yield* tryTo('gzip', zlib.inflateRawSync, bytes, at + gzipHeader(bytes, at));
	for (const at of placesOf(bytes, 0x78, (next) => (0x7800 + next) % 31 === 0))
		yield* tryTo('zlib', zlib.inflateSync, bytes, at);
	yield* tryTo('deflate', zlib.inflateRawSync, bytes, 0);
	try {
		yield ['Brotli', zlib.brotliDecompressSync(bytes, { maxOutputLength: BIGGEST })];
	} catch {
		// It was something else.
	}
}

function* tryTo(
	how: string,
	inflate: (bytes: Buffer, options: zlib.ZlibOptions) => Buffer,
	bytes: Buffer,
	at: number
): Generator<[string, Buffer]> {
	try {
		// What was cut off is read as far as it goes.
		const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: BIGGEST };
		yield [how, inflate(bytes.subarray(at), options)];
	} catch {
		// It was something else.
	}
}

/** Bytes of the header of gzip (RFC 1952) with the fields its flags tell of. */
function gzipHeader(bytes: Buffer, at: number): number {
	const flags = bytes[at + 3] ?? 0;
	let end = at + 10;
	if (flags & 4) end += 2 + (bytes[end] ?? 0) + (bytes[end + 1] ?? 0) * 256;
	for (const named of [8, 16]) if (flags & named) end = bytes.indexOf(0, end) + 1;
	return end + (flags & 2 ? 2 : 0) - at;
}

function* placesOf(bytes: Buffer, first: number, fits: (next: number) => boolean): Generator<number> {
	for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
		if (fits(bytes[at + 1] ?? 0)) yield at;
}

/** Worth reading on: base64 of a sealed body is noise. */
function isPacked(bytes: Buffer): boolean {
	const [first = 0, second = 0] = bytes;
	return (first === 0x1f && second === 0x8b) || (first === 0x78 && (first * 256 + second) % 31 === 0);
}

function isText(bytes: Buffer): boolean {
	const start = bytes.subarray(0, 16);
	return start.every((byte) => (byte >= 0x20 && byte !== 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Characters above one byte are written as UTF-8, so that bytes of a text in UTF-8 stay what they are. */
function unescapeJson(text: string): Buffer {
	return rewrite(text, /((?:\\u[0-9a-f]{4})+)|\\x([0-9a-f]{2})|\\(.)/gis, ([, units, byte, letter = '']) => {
		if (units) return Buffer.from(JSON.parse(`"${units}"`) as string);
		return byte ? Buffer.from(byte, 'hex') : Buffer.from(escapes[letter] ?? letter, 'latin1');
	});
}

function unescapePercent(text: string): Buffer {
	return rewrite(text, /%([0-9a-f]{2})|\+/gi, ([, byte]) => (byte ? Buffer.from(byte, 'hex') : Buffer.from(' ')));
}

function rewrite(text: string, what: RegExp, by: (match: RegExpMatchArray) => Buffer): Buffer {
	const parts: Buffer[] = [];
	let from = 0;
	for (const match of text.matchAll(what)) {
		parts.push(Buffer.from(text.slice(from, match.index), 'latin1'), by(match));
		from = match.index + match[0].length;
	}
	return Buffer.concat([...parts, Buffer.from(text.slice(from), 'latin1')]);
}
