import { aChange, aRecord, freshDevice, readRecords } from './device.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import type { Domain } from '../../../src/lib/access/domains.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore, StoreUpdate } from '../../../src/lib/device/record-store.ts';

const soak = process.env.ARCA_SOAK === '1';
const runs = soak ? 2_000 : 25;
const patience = soak ? 3_600_000 : 120_000;
const entities = [randomUUID(), randomUUID()];
const ids = Array.from({ length: 30 }, () => randomUUID());

/** What a store must be taken for: by entity its records and place, and what waits. */
class Model {
	readonly records = new Map<string, Map<string, unknown>>(entities.map((entity) => [entity, new Map()]));
	readonly places = new Map<string, unknown>();
	readonly waiting = new Map<string, unknown>();

	commit({ entity, records = [], place, drop = [], put = [] }: StoreUpdate): void {
		for (const record of records) this.records.get(entity)?.set(record.id, record);
		if (place === null) this.places.delete(entity);
		else if (place) this.places.set(entity, place);
		for (const change of drop) this.waiting.delete(change);
		for (const change of put) this.waiting.set(change.change, change);
	}

	forget(entity: string): void {
		this.records.get(entity)?.clear();
		this.places.delete(entity);
	}

	copy(): Model {
		const copy = new Model();
		for (const [entity, records] of this.records) copy.records.set(entity, new Map(records));
		for (const [entity, place] of this.places) copy.places.set(entity, place);
		for (const [change, body] of this.waiting) copy.waiting.set(change, body);
		return copy;
	}
}

async function told(store: RecordStore): Promise<unknown> {
	const of = entities.map(async (entity) => [
		Object.fromEntries(await readRecords(store, entity)),
		await store.place(entity)
	]);
	return [await Promise.all(of), await store.waiting()];
}

function expected(model: Model): unknown {
	const of = entities.map((entity) => [
		Object.fromEntries(model.records.get(entity) ?? []),
		model.places.get(entity) ?? null
	]);
	return [of, [...model.waiting.values()]];
}

type Step =
	| { do: 'commit'; entity: number; records: [number, number][]; put: number; drop: number; place: boolean | null }
	| { do: 'fold' | 'forget'; entity: number }
	| { do: 'reopen' };

const entityNumber = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('commit' as const),
			entity: entityNumber,
			records: fc.array(fc.tuple(fc.nat({ max: ids.length - 1 }), fc.nat({ max: 9 })), { maxLength: 60 }),
			put: fc.nat({ max: 3 }),
			drop: fc.nat({ max: 2 }),
			place: fc.option(fc.boolean())
		})
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('fold' as const), entity: entityNumber }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('forget' as const), entity: entityNumber }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) }
);

/** A record's domain never changes. */
const domainOf = (at: number): Domain => DOMAINS[at % DOMAINS.length] ?? 'chat';

function updateOf({ entity, records, put, drop, place }: Step & { do: 'commit' }, model: Model): StoreUpdate {
	const name = entities[entity] ?? '';
	const waiting = [...model.waiting.keys()];
	return {
		entity: name,
		records: records.map(([at, rev]) => aRecord(ids[at] ?? '', rev, domainOf(at))),
		put: Array.from({ length: put }, (_, at) => {
			const again = waiting[at + 2];
			return aChange(name, `${at}`, again === undefined ? {} : { change: again });
		}),
		drop: waiting.slice(0, drop),
		...(place === null ? {} : { place: place ? { epoch: randomUUID(), after: { finances: '1' } } : null })
	};
}

/**
 * Once told, lets so many transactions write, and then none: as a process does that is killed between two. To be made
 * before a store is opened, since Dexie takes the browser's function then.
 */
function killer(): { after: (writes: number) => void; killed: () => boolean } {
	let left = Infinity;
	const begin = Reflect.get(IDBDatabase.prototype, 'transaction');
	vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...given) {
		if (given[1] === 'readwrite' && left-- <= 0) throw new DOMException('killed', 'AbortError');
		return begin.apply(this, given);
	});
	return { after: (writes) => void (left = writes), killed: () => left < 0 };
}

afterEach(() => vi.restoreAllMocks());

test('after any commits, folds and openings a store gives what a plain map would', { timeout: patience }, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
			freshDevice();
			const account = randomUUID();
			const model = new Model();
			let store = await openRecordStore(account);
			for (const next of steps) {
				if (next.do === 'reopen') {
					store.close();
					store = await openRecordStore(account);
				} else if (next.do === 'commit') {
					const update = updateOf(next, model);
					await store.commit(update);
					model.commit(update);
				} else {
					const entity = entities[next.entity] ?? '';
					await store[next.do](entity);
					if (next.do === 'forget') model.forget(entity);
				}
			}
			expect(await told(store)).toEqual(expected(model));
			store.close();
		}),
		{ numRuns: runs }
	);
});

test(
	'killed between any two transactions, it holds what was before the step or after it',
	{ timeout: patience },
	async () => {
		let kills = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), fc.nat({ max: 30 }), async (steps, writes) => {
				freshDevice();
				const account = randomUUID();
				const kill = killer();
				// Enough small pages for a fold to have work.
				const model = new Model();
				let store = await openRecordStore(account);
				for (let at = 0; at < 45; at++) {
					const line = at % ids.length;
					const update = { entity: entities[0] ?? '', records: [aRecord(ids[line] ?? '', at, domainOf(line))] };
					await store.commit(update);
					model.commit(update);
				}
				let after = model.copy();
				kill.after(writes);
				try {
					for (const next of [...steps, { do: 'fold', entity: 0 } as const]) {
						if (next.do === 'commit') {
							const update = updateOf(next, model);
							after = model.copy();
							after.commit(update);
							await store.commit(update);
							model.commit(update);
						} else if (next.do !== 'reopen') {
							const entity = entities[next.entity] ?? '';
							after = model.copy();
							if (next.do === 'forget') after.forget(entity);
							await store[next.do](entity);
							if (next.do === 'forget') model.forget(entity);
						}
					}
				} catch (error) {
					if (!kill.killed()) throw error;
					kills++;
				}
				vi.restoreAllMocks();
				store.close();
				store = await openRecordStore(account);
				expect([expected(model), expected(after)]).toContainEqual(await told(store));
				store.close();
			}),
			{ numRuns: runs }
		);
		expect(kills, 'it was killed at all').toBeGreaterThan(0);
	}
);
