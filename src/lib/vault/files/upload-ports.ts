import type { Domain } from '../../api/ids.ts';
import type { RecordStore } from '../../device/record-store.ts';
import type { ContentKeys } from '../../keys/content-keys.ts';
import type { ApiClient } from '../../sync/api-client.ts';
import { sealedOnly } from '../sealed-only.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';

/** What an upload works with. */
export interface UploadPorts {
	client: ApiClient;
	store: RecordStore;
	/** The keys of an upload under a user layer. Throws VaultError `file/no-key` while they are not there. */
	readonly keys: () => ContentKeys;
	signal: AbortSignal;
}

/**
 * Whether what is uploaded to a domain is sealed here.
 * @throws VaultError `file/no-key` where it must be, and its key is not there yet: nothing of it leaves in the clear
 */
export function isSealedHere(state: VaultState, entity: string, domain: Domain): boolean {
	if (state.keys?.layer(entity, domain)) return true;
	const view = state.entities.find(({ id }) => id === entity);
	if (state.locked || sealedOnly(state, view).includes(domain)) throw new VaultError('file/no-key');
	return false;
}

/** @throws VaultError `vault/closed` where nothing is kept for anybody */
export async function uploadPorts(state: VaultState, signal: AbortSignal): Promise<UploadPorts> {
	const store = await state.store;
	if (!store) throw new VaultError('vault/closed');
	const keys = () => {
		if (!state.contentKeys) throw new VaultError('file/no-key');
		return state.contentKeys;
	};
	return { client: state.client, store, keys, signal };
}
