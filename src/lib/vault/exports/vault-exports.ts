import type { Domain } from '../../api/ids.ts';
import type { EntityView } from '../entity-view.ts';
import type { OpenRecord } from '../open-record.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { noteExport } from './export-notes.ts';
import { readEntity } from './read-entity.ts';

/** What is taken out of the vault as files. */
export class VaultExports {
	readonly #state: VaultState;

	constructor(state: VaultState) {
		this.#state = state;
	}

	/** All records of an entity, open or not; see readEntity for what it throws. */
	read(entity: EntityView, onProgress: (count: number) => void, signal: AbortSignal): Promise<OpenRecord[]> {
		return readEntity(this.#state, entity, onProgress, signal);
	}

	/** Puts down that the records of a domain were taken out; without a network the server is told later. Throws DeviceError. */
	note(entity: string, domain: Domain): Promise<void> {
		return noteExport(this.#state, { entity, domain });
	}
}
