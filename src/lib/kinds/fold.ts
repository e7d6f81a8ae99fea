/** Text as search compares it: lower-case, without diacritics, one space between words. */
export function fold(text: string): string {
	// Lower-case on both sides: some capitals only decompose once small (İ), others only then become capitals (℡).
	return text
		.toLowerCase()
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}+/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
}
