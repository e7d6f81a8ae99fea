/** What the test of a device's files does inside a browser: keeps a secret as the app does, and one as it must not. */
import { Dexie } from 'dexie';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { StoredRecord, WaitingChange } from '../../../src/lib/device/record-store.ts';
import { SessionStore } from '../../../src/lib/device/session-store.ts';

const [account, entity] = [crypto.randomUUID(), crypto.randomUUID()];

/** Everything an account keeps holds the secret: records in small and large pages, a change, a report, a text, a session. */
async function keep(secret: string): Promise<number> {
	const at = '2026-03-01T09:30:00.000Z';
	const plain = { kind: 'note', version: 1, values: { words: secret }, meta: { at } };
	const rows = Array.from({ length: 400 }, (_, line): StoredRecord => {
		const [id, seq] = [crypto.randomUUID(), String(line + 1)];
		return { id, domain: 'health', rev: '1', seq, author: null, state: 'live', updatedAt: at, plain };
	});
	const change: WaitingChange = {
		...{ change: crypto.randomUUID(), entity, id: crypto.randomUUID(), domain: 'health', base: '1', tried: false },
		...{ state: 'refused', refusal: { reason: 'invalid', detail: secret }, plain, before: plain }
	};
	const report = { id: crypto.randomUUID(), entity, record: null, what: 'restored' as const, at, detail: secret };
	await new SessionStore().write({ account, text: JSON.stringify({ access_token: secret, refresh_token: secret }) });
	const store = await openRecordStore(account);
	await store.commit({ entity, records: rows, put: [change], reports: [report] });
	for (const row of rows.slice(0, 45)) await store.commit({ entity, records: [{ ...row, rev: '2' }] });
	await store.fold(entity);
	await store.writeText('draft/note', secret);
	let read = 0;
	await store.read(entity, 0, (page) => void (read += page.length));
	return read;
}

/** Keeps a secret in a table as text and as bytes. */
async function plant(secret: string): Promise<void> {
	const database = new Dexie('planted', { chromeTransactionDurability: 'strict' });
	database.version(1).stores({ rows: '++n' });
	await database.table('rows').add({ bytes: new TextEncoder().encode(secret) });
}

/** How many of the formats the device key can be exported in. */
async function exportedKeys(): Promise<number> {
	const row = await (await AccountDatabase.open(account)).keys.get('device');
	if (!row) throw new Error('no device key');
	const tries = (['raw', 'jwk', 'pkcs8', 'spki'] as const).map((format) => crypto.subtle.exportKey(format, row.key));
	return (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length;
}

declare global {
	var deviceFiles: { keep: typeof keep; plant: typeof plant; exportedKeys: typeof exportedKeys };
}
globalThis.deviceFiles = { keep, plant, exportedKeys };
