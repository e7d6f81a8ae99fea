/** Characters that a file's name may not have on some system, and those that are not seen or turn the writing round. */

const NEVER = /[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Names that Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** Characters at most: with an ending and what a browser may add, every system has room for it. */
const MOST = 80;

/** Names as files may have them on every system, each once whatever its case. */
export function fileNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		const plain = [...name.toWellFormed().replace(NEVER, ' ').replace(/\s+/g, ' ').trim()]
			.slice(0, MOST)
			.join('')
			.replace(/^\.+|[. ]+$/g, '');
		const base = plain === '' || RESERVED.test(plain) ? `Arca ${plain}`.trim() : plain;
		let made = base;
		for (let count = 2; taken.has(made.toLowerCase()); count++) made = `${base} (${count})`;
		taken.add(made.toLowerCase());
		return made;
	});
}
