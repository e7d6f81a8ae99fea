import { passing, type Filter, type Filters } from '../kinds/index.ts';
import type { Kind, KindRecord, Sort } from '../kinds/index.ts';
import { vault } from '../vault/vault.svelte.ts';

/** What a person asked of a kind's list: words, filters, order. It stays as they left it while the page is open and theirs. */
export class ListView {
	readonly kind: Kind;
	query = $state('');
	filters = $state.raw<Filters>({});
	sort = $state.raw<Sort>({ by: '', descending: false });

	constructor(kind: Kind) {
		this.kind = kind;
		this.sort = { by: kind.list.sort.by, descending: kind.list.sort.descending ?? false };
	}

	/** How many filters are set. */
	get filtering(): number {
		return Object.keys(this.filters).length;
	}

	/** Sets a field's filter; undefined takes it away. */
	filter(key: string, filter: Filter | undefined): void {
		const { [key]: _, ...others } = this.filters;
		this.filters = filter === undefined ? others : { ...others, [key]: filter };
	}

	/** Shows the records that have this value in a field, `BLANK` for none, and nothing else. */
	showOnly(key: string, value: string): void {
		this.query = '';
		this.filters = { [key]: { oneOf: [value] } };
	}

	clear(): void {
		this.query = '';
		this.filters = {};
	}

	/** Orders by a field; by the same one again, the other way round. */
	orderBy(key: string): void {
		this.sort = { by: key, descending: this.sort.by === key ? !this.sort.descending : false };
	}

	/**
	 * Those of the records that the words and filters let through.
	 * @param shows what the search says of a record, by its id; null where no words are asked for
	 */
	find<R extends KindRecord>(records: readonly R[], shows: ((id: string) => boolean) | null): readonly R[] {
		if (shows === null && this.filtering === 0) return records;
		const passes = passing(this.kind, this.filters);
		return records.filter((record) => (shows === null || shows(record.id)) && passes(record));
	}
}

// eslint-disable-next-line svelte/prefer-svelte-reactivity -- only looked up, never watched
const views = new Map<string, ListView>();
// What a person searched for is theirs.
vault.whenForgotten(() => views.clear());

/** The view of an entity's list of a kind, as it was left. */
export function listViewOf(entity: string, kind: Kind): ListView {
	const place = `${entity}/${kind.domain}/${kind.name}`;
	let view = views.get(place);
	if (view === undefined) views.set(place, (view = new ListView(kind)));
	return view;
}
