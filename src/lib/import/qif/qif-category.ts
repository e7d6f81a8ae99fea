/** What stands in an `L` or `S` line. */
export interface QifCategory {
	/** As the file writes it, subcategory included; `''` where it is none. */
	category: string;
	/** Name of the account on the other side, `''` where it is no transfer. */
	transfer: string;
	/** Quicken's classes, which are tags here. */
	tags: string[];
}

const SPLIT = /^-*\s*split\s*-*$/i;

/** Reads `Food:Groceries`, `Food/Holiday`, `[Savings]`, `[Savings]/Holiday`; `--Split--` says nothing by itself. */
export function readQifCategory(text: string): QifCategory {
	const match = /^(\[[^\]]*\]|[^/]*)(?:\/(.*))?$/s.exec(text.trim());
	const [what, classes] = [match?.[1]?.trim() ?? '', match?.[2] ?? ''];
	const tags = classes
		.split(/[/:]/)
		.map((each) => each.trim())
		.filter((each) => each !== '');
	const transfer = what.startsWith('[') ? what.slice(1, -1).trim() : '';
	const category = transfer !== '' || what.startsWith('[') || SPLIT.test(what) ? '' : what;
	return { category, transfer, tags };
}
