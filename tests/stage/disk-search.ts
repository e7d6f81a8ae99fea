import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A text as it may stand in a file: UTF-8, UTF-16, hexadecimal, and inside base64 and base64url at any of the three offsets. */
export function spellings(text: string): Buffer[] {
	const bytes = Buffer.from(text);
	const within = [0, 1, 2].map((offset) => {
		const base64 = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		// The characters at both ends are made of what stands beside the text too.
		return base64.slice(offset && offset + 1, base64.length - 4);
	});
	const url = within.map((base64) => base64.replaceAll('+', '-').replaceAll('/', '_'));
	const hex = bytes.toString('hex');
	const utf16 = [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
	return [bytes, ...utf16, ...[hex, hex.toUpperCase(), ...within, ...url].map((spelt) => Buffer.from(spelt))];
}

/** The files under a folder that hold a text in any spelling. */
export function filesWith(folder: string, text: string): string[] {
	const wanted = spellings(text);
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => {
		if (!statSync(join(folder, path)).isFile()) return false;
		const content = readFileSync(join(folder, path));
		return wanted.some((spelling) => content.includes(spelling));
	});
}
