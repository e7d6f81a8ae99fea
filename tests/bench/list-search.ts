/**
 * A search among 100,000 expenses: looking through the index and picking the records it names, against a plain filter
 * of the same records by their texts. Words that are in many, in some and in none; in turns, in one run.
 */
import { KeptOrder, kindOf, SearchIndex, textMaker, wordsOf } from '../../src/lib/kinds/index.ts';
import type { Kind } from '../../src/lib/kinds/index.ts';
import { manyExpenses } from '../e2e/expenses.ts';
import { median } from '../stage/median.ts';

const count = 100_000;
const group = 500;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 25);
const queries = ['shop', 'gijon 2110', 'receipt 77', 'health mar 2011', '12,3', 'nothing like it'];

const kind = kindOf('expense') as Kind;
const records = manyExpenses(count, 'account').map((body, number) => ({ id: `id ${number}`, body }));
const textOf = textMaker(kind, () => 'Current account');
const texts = new Map(records.map(({ id, body }) => [id, textOf(body.values)]));
const index = new SearchIndex();
for (let from = 0; from < count; from += group) {
	index.put(new Map(records.slice(from, from + group).map(({ id }, at) => [from + at, texts.get(id) ?? ''])));
}
const slots = new Map(records.map(({ id }, slot) => [id, slot]));

function indexed(query: string): number {
	const found = index.find(wordsOf(query));
	return records.filter(({ id }) => {
		const slot = slots.get(id) ?? 0;
		return ((found[slot >>> 5] ?? 0) >>> (slot & 31)) & 1;
	}).length;
}

function plain(query: string): number {
	const words = wordsOf(query);
	return records.filter(({ id }) => words.every((word) => texts.get(id)?.includes(word))).length;
}

function timed(search: (query: string) => number): number {
	const from = performance.now();
	for (const query of queries) search(query);
	return performance.now() - from;
}

for (const query of queries) if (indexed(query) !== plain(query)) throw new Error(`not the same is found: ${query}`);
const [ours, peer]: [number[], number[]] = [[], []];
for (let round = -3; round < rounds; round++) {
	const [mine, theirs] = [timed(indexed), timed(plain)];
	// The first rounds warm both sides up.
	if (round < 0) continue;
	ours.push(mine);
	peer.push(theirs);
}
const [mine, theirs] = [median(ours), median(peer)];
console.log(JSON.stringify({ bench: 'list-search', ours: mine, peer: theirs, ratio: mine / theirs, target: 1.5 }));

// Saving one record of a list in order, against sorting the whole list by comparing its dates as text.
const sort = { by: 'date', descending: true };
const look = { locale: 'en', nameOf: () => undefined };
const kept = new KeptOrder();
kept.order(records, kind, sort, look);
const [moving, sorting]: [number[], number[]] = [[], []];
for (let round = -3; round < rounds; round++) {
	const place = 500 + round;
	const list = records.with(place, { ...(records[0] as (typeof records)[number]), id: `id ${place}` });
	let from = performance.now();
	kept.order(list, kind, sort, look);
	const moved = performance.now() - from;
	kept.order(records, kind, sort, look);
	from = performance.now();
	list.toSorted((a, b) => (String(a.body.values.date) < String(b.body.values.date) ? 1 : -1));
	if (round < 0) continue;
	moving.push(moved);
	sorting.push(performance.now() - from);
}
const [move, whole] = [median(moving), median(sorting)];
console.log(JSON.stringify({ bench: 'list-one-moves', ours: move, peer: whole, ratio: move / whole, target: 0.5 }));
