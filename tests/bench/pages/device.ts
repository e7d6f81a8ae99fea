/** What the benches of the device do inside a browser; times are in milliseconds. */
import { Dexie } from 'dexie';
import { borrowAuthenticated } from '../../../src/lib/crypto/envelope.ts';
import { toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import type { PageRow } from '../../../src/lib/device/account-database.ts';
import { cacheKey, deviceKey } from '../../../src/lib/device/device-key.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { sealCached } from '../../../src/lib/device/page-seal.ts';
import type { RecordStore, StoredRecord, WaitingChange } from '../../../src/lib/device/record-store.ts';

const account = crypto.randomUUID();
const entity = crypto.randomUUID();
const authors = [crypto.randomUUID(), crypto.randomUUID()];
const accounts = Array.from({ length: 5 }, () => crypto.randomUUID());
const decoder = new TextDecoder();

/** An expense as a bank statement's import makes it. */
function aRecord(line: number): StoredRecord {
	const at = '2026-03-01T09:30:00.000Z';
	const values = {
		date: `2026-${String((line % 12) + 1).padStart(2, '0')}-01`,
		amount: { minor: 100 + line, currency: 'EUR' },
		payee: `Panadería Núñez ${line % 400}`,
		account: accounts[line % 5],
		category: 'groceries'
	};
	const meta = { at, source: { import: authors[0], format: 'csv', line } };
	return {
		id: crypto.randomUUID(),
		domain: 'finances',
		rev: '1',
		seq: String(line + 1),
		author: authors[line % 2] ?? null,
		state: 'live',
		updatedAt: at,
		plain: { kind: 'expense', version: 1, values, meta }
	};
}

function aChange(line: number): WaitingChange {
	const plain = aRecord(line).plain ?? { kind: '', version: 1, values: {}, meta: {} };
	const [change, id] = [crypto.randomUUID(), crypto.randomUUID()];
	return { change, entity, id, domain: 'finances', base: '1', tried: false, state: 'waiting', plain, before: plain };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** Fills the journal, thousand by thousand as a pull does. Gives the bytes of JSON that are in it. */
async function fill(count: number): Promise<number> {
	const store = await openRecordStore(account);
	let bytes = 0;
	for (let from = 0; from < count; from += 1_000) {
		const records = Array.from({ length: 1_000 }, (_, line) => aRecord(from + line));
		bytes += JSON.stringify(records).length;
		await store.commit({ entity, records });
	}
	store.close();
	return bytes;
}

/** Reads the journal as the app does; the store is open, as it is when somebody opens an entity. */
async function openOurs(count: number): Promise<number> {
	const store = await openRecordStore(account);
	const rows: StoredRecord[] = [];
	const took = await timed(() => store.read(entity, 0, (page) => void rows.push(...page)));
	store.close();
	if (rows.length !== count) throw new Error(`${rows.length} records`);
	return took;
}

/** All pages by one request, each decrypted and parsed: nothing else. */
async function openRaw(count: number): Promise<number> {
	const database = await AccountDatabase.open(account);
	const key = await cacheKey(await deviceKey(database));
	const native = database.backendDB();
	const rows: StoredRecord[] = [];
	const took = await timed(async () => {
		const pages = await new Promise<PageRow[]>((resolve, reject) => {
			const request = native.transaction('pages').objectStore('pages').getAll() as IDBRequest<PageRow[]>;
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
		});
		for (const { id, writes, sealed } of pages) {
			const place = { purpose: 'cache' as const, entity, domain: '', object: id, revision: BigInt(writes) };
			const additionalData = new Uint8Array(borrowAuthenticated({ layer: 'U', keyNumber: 0 }, place));
			const algorithm = { name: 'AES-GCM', iv: sealed.subarray(6, 18), additionalData };
			const plain = await crypto.subtle.decrypt(algorithm, key, sealed.subarray(18));
			rows.push(...(JSON.parse(decoder.decode(plain)) as StoredRecord[]));
		}
	});
	database.close();
	if (rows.length !== count) throw new Error(`${rows.length} records`);
	return took;
}

let saving: RecordStore | null = null;

/** Changes put to wait and read back, one after another: milliseconds each. */
async function saveOurs(count: number): Promise<number> {
	saving ??= await openRecordStore(account);
	const store = saving;
	let took = 0;
	for (let line = 0; line < count; line++) {
		const change = aChange(line);
		took += await timed(async () => {
			await store.commit({ entity, put: [change] });
			const [read] = await store.waiting(entity);
			if (read?.change !== change.change) throw new Error('another change was read');
		});
		await store.commit({ entity, drop: [change.change] });
	}
	return took / count;
}

let bare: Dexie | null = null;

/** The same bytes sealed and put into a table by Dexie, as lasting as ours, and removed again. */
async function saveBare(count: number): Promise<number> {
	const database = await AccountDatabase.open(account);
	const key = await cacheKey(await deviceKey(database));
	database.close();
	if (!bare) {
		bare = new Dexie('bare', { chromeTransactionDurability: 'strict', cache: 'disabled' });
		bare.version(1).stores({ rows: '&change' });
	}
	const table = bare.table<{ change: string; sealed: Uint8Array }, string>('rows');
	let took = 0;
	for (let line = 0; line < count; line++) {
		const change = aChange(line);
		const place = { entity, object: change.change, writes: 1 };
		took += await timed(async () => {
			await table.put({ change: change.change, sealed: await sealCached(key, place, toUtf8(JSON.stringify(change))) });
		});
		await table.delete(change.change);
	}
	return took / count;
}

declare global {
	var deviceBench: {
		[work in 'fill' | 'openOurs' | 'openRaw' | 'saveOurs' | 'saveBare']: (count: number) => Promise<number>;
	};
}
globalThis.deviceBench = { fill, openOurs, openRaw, saveOurs, saveBare };
