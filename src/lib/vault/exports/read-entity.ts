import { ApiError } from '../../sync/api-error.ts';
import { Replica } from '../../sync/replica.ts';
import type { EntityView } from '../entity-view.ts';
import { openRecord } from '../open-record.ts';
import type { OpenRecord } from '../open-record.ts';
import { sealedOnly } from '../sealed-only.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';

/**
 * All records of an entity that the person may open, damaged ones and those in the bin included. Of the opened entity it is
 * what the page has; of another one what this device keeps, brought up to date where the server is reached. Whatever is
 * open stays open.
 * @param onProgress told how many were read so far
 * @throws VaultError `vault/locked`, `vault/closed`; ApiError where it was never pulled and the server is not reached;
 * DeviceError; the signal's reason
 */
export async function readEntity(
	state: VaultState,
	view: EntityView,
	onProgress: (count: number) => void,
	signal: AbortSignal
): Promise<OpenRecord[]> {
	if (state.locked) throw new VaultError('vault/locked');
	if (state.entity === view.id && state.ready) return state.records.all();
	const { store: opening, owner, client } = state;
	if (!opening || owner === null) throw new VaultError('vault/closed');
	const store = await opening;
	await state.readyKeys(view.id);
	signal.throwIfAborted();
	const records = new Map<string, OpenRecord>();
	const replica = await Replica.open({
		...{ entity: view.id, domains: view.domains, account: owner, store, client, signal },
		...{ layers: state.layers, sealedOnly: () => sealedOnly(state, view) },
		onRecords(rows) {
			for (const row of rows) records.set(row.id, openRecord(row));
			onProgress(records.size);
		},
		onReset: () => records.clear(),
		onChange: () => undefined
	});
	try {
		await replica.sync(signal).catch(unlessKept(replica.pulled));
	} finally {
		replica.close();
	}
	signal.throwIfAborted();
	return [...records.values()];
}

/** What this device keeps of an entity is enough where the server is not reached. */
function unlessKept(isKept: boolean): (error: unknown) => void {
	return (error) => {
		if (!isKept || !(error instanceof ApiError) || !error.passing) throw error;
	};
}
