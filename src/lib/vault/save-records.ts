import { DeviceError } from '../device/device-error.ts';
import type { LocalSave } from '../sync/replica.ts';
import { openRecord } from './open-record.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import { saveRefusal } from './save-refusal.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Records written to the device in one transaction: a few of them for the largest import, with progress in between. */
const LOT = 1000;

export interface SaveOptions {
	/** The entity the records are meant for: where another one is open by now, nothing is saved. */
	entity?: string;
	/** Called after every lot with how many are saved, of how many. */
	onProgress?: (done: number, total: number) => void;
}

/**
 * Saves records of the opened entity on this device; one outcome each, in order. What is refused is an
 * outcome, not an error. Throws VaultError `vault/closed` where no entity is open, or not the one that is meant.
 */
export async function saveRecords(
	state: VaultState,
	requests: readonly SaveRequest[],
	options: SaveOptions = {}
): Promise<SaveOutcome[]> {
	const entity = options.entity ?? state.entity;
	const outcomes: SaveOutcome[] = [];
	for (let from = 0; from < requests.length || from === 0; from += LOT) {
		if (entity === null || state.entity !== entity) throw new VaultError('vault/closed');
		outcomes.push(...(await saveLot(state, requests.slice(from, from + LOT))));
		options.onProgress?.(outcomes.length, requests.length);
	}
	return outcomes;
}

async function saveLot(state: VaultState, requests: readonly SaveRequest[]): Promise<SaveOutcome[]> {
	const { replica } = state;
	if (!replica) throw new VaultError('vault/closed');
	const view = state.entities.find(({ id }) => id === state.entity);
	const saves: LocalSave[] = [];
	const refused = requests.map((request): SaveOutcome | null => {
		const { id, domain, body, from } = request;
		const reason = saveRefusal(view, request, id === null ? undefined : state.records.peek(id));
		if (reason) return { status: 'refused', reason };
		saves.push({ id, domain, body, ...(from ? { from } : {}) });
		return null;
	});
	const saved = await keep(saves, (each) => replica.save(each));
	return refused.map((outcome) => outcome ?? saved.shift() ?? { status: 'refused', reason: 'device-full' });
}

/** What was kept, in order; nothing where the device is full. */
async function keep(
	saves: LocalSave[],
	save: (saves: LocalSave[]) => ReturnType<NonNullable<VaultState['replica']>['save']>
): Promise<SaveOutcome[]> {
	if (saves.length === 0) return [];
	try {
		const records = await save(saves);
		return records.map((record) => ({ status: 'saved', id: record.id, record: openRecord(record) }));
	} catch (error) {
		if (!(error instanceof DeviceError)) throw error;
		if (error.code === 'device/full') return [];
		throw error.code === 'device/closed' ? new VaultError('vault/closed') : error;
	}
}
