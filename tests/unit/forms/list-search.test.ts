import { expect, test, vi } from 'vitest';
import { ListSearch } from '../../../src/lib/forms/search/list-search.svelte.ts';
import { SearchDesk } from '../../../src/lib/forms/search/search-desk.ts';
import { SearchLine } from '../../../src/lib/forms/search/search-line.ts';
import type { SearchCall, SearchPort, SearchReply } from '../../../src/lib/forms/search/search-line.ts';
import { kindOf, type Kind, type KindRecord } from '../../../src/lib/kinds/index.ts';
import { body, ID } from '../kinds/a-body.ts';

const expense = kindOf('expense') as Kind;
const spent = (id: string, payee: string, more = {}): KindRecord => ({ id, body: body('expense', { payee, ...more }) });
const bread = spent('a', 'Bäckerei');
const shoes = spent('b', 'Zapatos');
const none = new Map<string, string>();

/** Workers in this thread, which answer when they are let. */
class Stage {
	readonly calls: SearchCall[] = [];
	readonly line = new SearchLine(() => this.#start());
	readonly search = new ListSearch(expense, this.line);
	held = false;
	fail = (): void => undefined;
	release = (): void => undefined;

	#start(): SearchPort {
		const desk = new SearchDesk();
		let ended = false;
		let listener: (event: MessageEvent<SearchReply>) => void;
		return {
			postMessage: (call) => {
				const { number, request } = structuredClone(call);
				this.calls.push(call);
				const answer = () => {
					if (!ended) listener(new MessageEvent('message', { data: { number, answer: desk.handle(request) } }));
				};
				if (this.held) this.release = answer;
				else queueMicrotask(answer);
			},
			addEventListener: (type: string, heard: (event: MessageEvent<SearchReply>) => void) => {
				if (type === 'message') listener = heard;
				else this.fail = () => heard(new MessageEvent('error'));
			},
			terminate: () => (ended = true)
		};
	}

	/** Which of these are shown, once the worker has caught up. */
	async shown(records: readonly KindRecord[]): Promise<string[]> {
		await vi.waitFor(() => expect(this.search.busy).toBe(false));
		return this.shownNow(records);
	}

	shownNow(records: readonly KindRecord[]): string[] {
		const { shows } = this.search;
		return records.map(({ id }) => id).filter((id) => shows === null || shows(id));
	}
}

test('words are searched for, and without any everything is shown at once', async () => {
	const stage = new Stage();
	expect(stage.search.shows).toBeNull();
	stage.search.keep([bread, shoes], none);
	stage.search.ask(' BACKER ');
	expect(stage.search.busy).toBe(true);
	expect(await stage.shown([bread, shoes])).toEqual(['a']);
	stage.search.ask('backer zapa');
	expect(await stage.shown([bread, shoes])).toEqual([]);
	stage.search.ask('  ');
	expect(stage.shownNow([bread, shoes])).toEqual(['a', 'b']);
});

test('what was found stays until the newest answer comes, and an answer to what was typed over is dropped', async () => {
	const stage = new Stage();
	stage.search.keep([bread, shoes], none);
	stage.search.ask('back');
	expect(await stage.shown([bread, shoes])).toEqual(['a']);
	stage.held = true;
	stage.search.ask('zap');
	await vi.waitFor(() => expect(stage.calls.at(-1)?.request).toMatchObject({ query: 'zap' }));
	stage.search.ask('zzz');
	stage.release();
	await vi.waitFor(() => expect(stage.calls.at(-1)?.request).toMatchObject({ query: 'zzz' }));
	expect(stage.shownNow([bread, shoes])).toEqual(['a']);
	expect(stage.search.busy).toBe(true);
	stage.release();
	expect(await stage.shown([bread, shoes])).toEqual([]);
});

test('records that are edited, added or taken away are found as they are now, without being asked for again', async () => {
	const stage = new Stage();
	stage.search.keep([bread, shoes], none);
	stage.search.ask('zapatos');
	expect(await stage.shown([bread, shoes])).toEqual(['b']);
	const edited = spent('a', 'Zapatos Ana');
	const more = spent('c', 'Más zapatos');
	stage.search.keep([edited, more], none);
	await vi.waitFor(() => expect(stage.shownNow([edited, shoes, more])).toEqual(['a', 'c']));
	// Taken out of the bin again.
	stage.search.keep([edited, more, shoes], none);
	await vi.waitFor(() => expect(stage.shownNow([edited, shoes, more])).toEqual(['a', 'b', 'c']));
});

test('a record is found by the new name of its account, and not by the old one', async () => {
	const stage = new Stage();
	const paid = spent('c', 'Bar', { account: ID });
	stage.search.keep([paid], new Map([[ID, 'Purse']]));
	stage.search.ask('purse');
	expect(await stage.shown([paid])).toEqual(['c']);
	stage.search.keep([paid], new Map([[ID, 'Wallet']]));
	await vi.waitFor(() => expect(stage.shownNow([paid])).toEqual([]));
	stage.search.ask('wallet bar');
	expect(await stage.shown([paid])).toEqual(['c']);
	stage.search.keep([paid], none);
	await vi.waitFor(() => expect(stage.shownNow([paid])).toEqual([]));
});

test('many records are told in batches, one after the other, and only what changed is told again', async () => {
	const stage = new Stage();
	const many = Array.from({ length: 1_700 }, (_, at) => spent(`id ${at}`, `Shop ${at}`));
	stage.search.keep(many, none);
	stage.search.ask('shop 169');
	expect(await stage.shown(many)).toEqual([
		'id 169',
		'id 1169',
		...Array.from({ length: 10 }, (_, at) => `id ${1690 + at}`)
	]);
	const told = () => stage.calls.flatMap(({ request }) => (request.verb === 'keep' ? [request.records] : []));
	expect(told().map((records) => (JSON.parse(records) as unknown[]).length)).toEqual([500, 500, 500, 200]);
	stage.search.keep(many.with(3, spent('id 3', 'Shop 1695b')), none);
	await vi.waitFor(() => expect(stage.shownNow(many)).toContain('id 3'));
	expect(told().slice(4)).toEqual(['[[3,{"payee":"Shop 1695b"}]]']);
});

test('a worker that fails leaves nothing waiting, and the next one is told everything', async () => {
	const stage = new Stage();
	stage.search.keep([bread, shoes], none);
	stage.search.ask('back');
	expect(await stage.shown([bread, shoes])).toEqual(['a']);
	stage.held = true;
	stage.search.ask('zap');
	await vi.waitFor(() => expect(stage.calls.at(-1)?.request).toMatchObject({ query: 'zap' }));
	stage.fail();
	await vi.waitFor(() => expect(stage.search.busy).toBe(false));
	stage.held = false;
	stage.search.ask('zapa');
	expect(await stage.shown([bread, shoes])).toEqual(['b']);
});
