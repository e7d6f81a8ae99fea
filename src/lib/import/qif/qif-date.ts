// 1/ 2'26 and 1/2' 6: an apostrophe says that the year is one of the 2000s; programs that put it always mean 1999 by '99.
const APOSTROPHE = /^(\d{1,2})[-/.](\d{1,2})['’](\d{4}|\d{1,2})$/;
const SHORT = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})$/;

/**
 * Dates of a file as the rest of the import reads them: without the blanks that stand for zeros, and with years of four
 * digits where the file itself says which century it means. Their order is left as it is.
 * @param texts every date of the file: in one with apostrophes, years without are of the 1900s
 */
export function plainQifDates(texts: readonly string[]): string[] {
	const bare = texts.map((text) => (text.length > 40 ? text : text.replace(/(?<=^|[-/.'’])\s+|\s+(?=[-/.'’])/g, '')));
	const hasApostrophes = bare.some((text) => APOSTROPHE.test(text));
	return bare.map((text) => {
		const later = APOSTROPHE.exec(text);
		if (later !== null) return `${later[1]}/${later[2]}/${fullYear(later[3] ?? '')}`;
		const earlier = hasApostrophes ? SHORT.exec(text) : null;
		return earlier === null ? text : `${earlier[1]}/${earlier[2]}/19${earlier[3]}`;
	});
}

function fullYear(year: string): string {
	return year.length === 4 ? year : `${Number(year) < 80 ? '20' : '19'}${year.padStart(2, '0')}`;
}
