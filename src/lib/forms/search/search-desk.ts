import { kindOf, SearchIndex, textMaker, wordsOf } from '../../kinds/index.ts';

/** A record's slot in the index and its searched values; null where it is in the list no more. */
export type SlotValues = readonly [slot: number, values: Record<string, unknown> | null];

/** What can be asked about a list, which is named by its kind. */
export type SearchRequest =
	/** `records` is the JSON of SlotValues[]; `names` is what referenced records are called now, null for no longer. */
	| { verb: 'keep'; kind: string; records: string; names: readonly (readonly [id: string, name: string | null])[] }
	| { verb: 'find'; kind: string; query: string };

/** One bit a slot; see SearchIndex. Empty for what was kept. */
export type SearchAnswer = Uint32Array<ArrayBuffer>;

interface List {
	readonly index: SearchIndex;
	readonly names: Map<string, string>;
	textOf: ReturnType<typeof textMaker>;
}

/** Keeps the search indexes of one entity's lists: the worker's side, without the worker. */
export class SearchDesk {
	readonly #lists = new Map<string, List>();

	/** Answers a request. */
	handle(request: SearchRequest): SearchAnswer {
		if (request.verb === 'find') {
			return this.#lists.get(request.kind)?.index.find(wordsOf(request.query)) ?? new Uint32Array();
		}
		const list = this.#listOf(request.kind);
		if (list === undefined) return new Uint32Array();
		for (const [id, name] of request.names) {
			if (name === null) list.names.delete(id);
			else list.names.set(id, name);
		}
		// The texts kept ready may say an earlier name.
		if (request.names.length > 0) list.textOf = makerOf(request.kind, list.names);
		const records = JSON.parse(request.records) as SlotValues[];
		list.index.put(new Map(records.map(([slot, values]) => [slot, values === null ? '' : list.textOf(values)])));
		return new Uint32Array();
	}

	#listOf(kind: string): List | undefined {
		let list = this.#lists.get(kind);
		if (list === undefined && kindOf(kind)) {
			const names = new Map<string, string>();
			list = { index: new SearchIndex(), names, textOf: makerOf(kind, names) };
			this.#lists.set(kind, list);
		}
		return list;
	}
}

function makerOf(name: string, names: ReadonlyMap<string, string>): ReturnType<typeof textMaker> {
	const kind = kindOf(name);
	return kind ? textMaker(kind, (id) => names.get(id)) : () => '';
}
