/** Text as search compares it: lower-case, without diacritics, one space between words. */
export function fold(text: string): string {
	// Most texts have nothing to take away, and this is asked of every text of every record.
	if (!/[^!-~ ]|^ | {2}| $/.test(text)) return text.toLowerCase();
	// Lower-case on both sides: some capitals only decompose once small (İ), others only then become capitals (℡).
	return text
		.toLowerCase()
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}+/gu, '')
		.replace(/\s+/gu, ' ')
		.trim();
}
