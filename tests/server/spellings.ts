/** How a text may stand in a file: plain, as UTF-16, hex (either case), base64 and base64url at each of three offsets. */
export function spellings(text: string): string[] {
	const bytes = Buffer.from(text, 'utf8');
	const hex = bytes.toString('hex');
	const base64 = [0, 1, 2].map((offset) => {
		// What stands before shifts the groups of three; characters that its bytes, or the ones after, take part in are cut off.
		const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const first = Math.ceil((offset * 4) / 3);
		const whole = Math.floor(((offset + bytes.length) * 8) / 6);
		return shifted.slice(first, whole);
	});
	const base64url = base64.map((spelling) => spelling.replaceAll('+', '-').replaceAll('/', '_'));
	return [...new Set([text, hex, hex.toUpperCase(), ...base64, ...base64url])];
}
