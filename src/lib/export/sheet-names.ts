/** Characters of a sheet's name at most, and those it may not have. */
const MOST = 31;
const NEVER = /[\\/?*[\]:]/g;

/** Names as sheets may have them, each once whatever its case. */
export function sheetNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		const plain =
			name
				.replace(NEVER, ' ')
				.replace(/^'+|'+$/g, '')
				.trim() || '-';
		let made = plain.slice(0, MOST);
		for (let count = 2; taken.has(made.toLowerCase()); count++) {
			const end = ` ${count}`;
			made = plain.slice(0, MOST - end.length).trimEnd() + end;
		}
		taken.add(made.toLowerCase());
		return made;
	});
}
