import type { Domain } from '../../api/ids.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';

/** What was taken out as a file: the records of a domain of an entity. */
export interface ExportNote {
	readonly entity: string;
	readonly domain: Domain;
}

/** Under this name the device keeps, sealed, what the server was not told yet. */
const KEPT = 'exports';

/** Notes that something was exported, on this device first: without a network the server is told of it later. */
export async function noteExport(state: VaultState, note: ExportNote): Promise<void> {
	const store = await state.store;
	await store?.updateText(KEPT, (before) => JSON.stringify([...readNotes(before), note]));
	await sendExportNotes(state).catch(() => undefined);
}

/**
 * Tells the server what it was not told yet, one at a time. What it does not take, since the person has no such right any
 * more, is told no further. Throws ApiError where it is not reached.
 */
export async function sendExportNotes(state: VaultState): Promise<void> {
	const store = await state.store;
	if (!store || readNotes(await store.readText(KEPT)).length === 0) return;
	await state.alone('export-notes', async () => {
		for (let [note] = readNotes(await store.readText(KEPT)); note; [note] = readNotes(await store.readText(KEPT))) {
			await state.client.call('noteExport', { body: note }).catch((error: unknown) => {
				if (!(error instanceof ApiError) || error.passing || error.status === 401) throw error;
			});
			await store.updateText(KEPT, (before) => JSON.stringify(readNotes(before).slice(1)));
		}
	});
}

function readNotes(text: string | null): ExportNote[] {
	return text === null ? [] : (JSON.parse(text) as ExportNote[]);
}
