import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import type { Domain } from '../../../src/lib/api/ids.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore, StoredRecord, WaitingChange } from '../../../src/lib/device/record-store.ts';

/** A device that holds nothing yet. */
export function freshDevice(): void {
	Dexie.dependencies.indexedDB = new IDBFactory();
}

/** Both kinds of store, each opened for an account that was never here. */
export const stores: [string, () => Promise<RecordStore>][] = [
	['on disk', () => openRecordStore(randomUUID())],
	['in memory', () => Promise.resolve(new MemoryStore())]
];

/** A record as a pull gives it. */
export function aRecord(id: string, rev: number, domain: Domain = 'finances', words = `rev ${rev}`): StoredRecord {
	return {
		id,
		domain,
		rev: `${rev}`,
		seq: `${rev}`,
		author: null,
		state: 'live',
		updatedAt: '2026-03-01T09:30:00.000Z',
		plain: { kind: 'note', version: 1, values: { words }, meta: { at: '2026-03-01T09:30:00.000Z' } }
	};
}

/** So many records of a domain, each new. */
export function manyRecords(count: number, domain: Domain = 'finances'): StoredRecord[] {
	return Array.from({ length: count }, () => aRecord(randomUUID(), 1, domain));
}

/** A change of a record that waits. */
export function aChange(entity: string, words: string, more: Partial<WaitingChange> = {}): WaitingChange {
	return {
		change: randomUUID(),
		entity,
		id: randomUUID(),
		domain: 'finances',
		base: '0',
		tried: false,
		state: 'waiting',
		plain: { kind: 'note', version: 1, values: { words }, meta: { at: '2026-03-01T09:30:00.000Z' } },
		before: null,
		...more
	};
}

/** All rows of an entity after a position, and where the reading ended. */
export async function readRows(
	store: RecordStore,
	entity: string,
	after = 0
): Promise<{ rows: StoredRecord[]; last: number; dropped: number }> {
	const rows: StoredRecord[] = [];
	const reading = await store.read(entity, after, (page) => void rows.push(...page));
	return { rows, ...reading };
}

/** What a reader ends up with: the last row of each record. */
export async function readRecords(store: RecordStore, entity: string): Promise<Map<string, StoredRecord>> {
	return new Map((await readRows(store, entity)).rows.map((row) => [row.id, row]));
}
