/** One record of a QIF file: lines that begin with a letter, up to `^`. */
export interface QifRecord {
	/** Physical line on which it begins, from 1. */
	line: number;
	/** The header it stands under, such as `type:bank` or `account`: lower case, without blanks. */
	section: string;
	/** Code and value of each line, in their order. */
	fields: [code: string, value: string][];
}

/** Lines of a record beyond which further ones are passed over: a movement has at most a hundred parts. */
const MOST_FIELDS = 1000;

/**
 * The records of a QIF file in their order. A `^` that is missing before a header or at the end is there.
 * @param text the whole file, decoded
 */
export function* qifRecords(text: string): Generator<QifRecord> {
	let section = '';
	let record: QifRecord | null = null;
	let number = 0;
	for (const line of linesOf(text)) {
		number += 1;
		const bare = line.trim();
		if (bare.startsWith('!') || bare.startsWith('^')) {
			if (record !== null) yield record;
			record = null;
			if (bare.startsWith('!')) section = bare.slice(1).toLowerCase().replace(/\s+/g, '');
		} else if (bare !== '') {
			record ??= { line: number, section, fields: [] };
			if (record.fields.length < MOST_FIELDS)
				record.fields.push([bare.slice(0, 1).toUpperCase(), bare.slice(1).trim()]);
		}
	}
	if (record !== null) yield record;
}

/** One line after another: the lines of a large file need not all be there at once. */
function* linesOf(text: string): Generator<string> {
	const line = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
	while (line.lastIndex < text.length) yield (line.exec(text)?.[0] ?? '').replace(/[\r\n]+$/, '');
}
