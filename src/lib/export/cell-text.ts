/** What XML 1.0 has no way to write (section 2.2): control characters, and two code points that are none. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Most texts: nothing in them to look at more closely. */
const PLAIN = /^[\n\u0020-\u005e\u0060-\ud7ff]*$/;

/**
 * A text as a sheet can hold it: without what XML cannot write, lines ended one way, and what looks like an escape of a
 * sheet escaped itself (ECMA-376 part 1, 22.9.2.19).
 */
export function cellText(text: string): string {
	if (PLAIN.test(text)) return text;
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(UNWRITABLE, '')
		.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}
