/* eslint-disable svelte/prefer-svelte-reactivity -- only looked up, never watched */
import type { Kind } from '../../kinds/index.ts';
import { vault } from '../../vault/vault.svelte.ts';
import { ListSearch } from './list-search.svelte.ts';
import { SearchLine } from './search-line.ts';
import workerUrl from './search.worker.ts?worker&url';

const line = new SearchLine(() => new Worker(workerUrl, { type: 'module' }));
const searches = new Map<string, ListSearch>();
let of = '';

/** The search of an entity's list of a kind. One entity is kept at a time: the index of any other is let go. */
export function searchOf(entity: string, kind: Kind): ListSearch {
	if (entity !== of) forget();
	of = entity;
	let search = searches.get(kind.name);
	if (search === undefined) searches.set(kind.name, (search = new ListSearch(kind, line)));
	return search;
}

function forget(): void {
	searches.clear();
	line.end();
}

// What was indexed is as secret as the records are, and as large: it goes where they go.
vault.whenForgotten(forget);
$effect.root(() => {
	$effect(() => {
		if (vault.entity?.id !== of) forget();
	});
});
