import { plainName } from '../../api/plain-objects.ts';
import type { PlainKind, PlainPlace } from '../../api/plain-objects.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import type { RecordStore } from '../../device/record-store.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { StorageClient } from '../../sync/storage-client.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { dropUrl, keepUrl, keptUrl } from './kept-urls.ts';

/**
 * Objects of the bucket `plain`: they have no layer of ours at the server. On this device their bytes and the signed URLs
 * they are read by lie sealed like everything else.
 */
export class PlainObjects {
	readonly #state: Pick<VaultState, 'store'>;
	readonly #storage: StorageClient;

	constructor(state: Pick<VaultState, 'store'>, storage: StorageClient) {
		[this.#state, this.#storage] = [state, storage];
	}

	/**
	 * Stores bytes as a new object of an entity, and keeps them here.
	 * @param type one of `PLAIN_TYPES` for the kind
	 * @returns its id
	 * @throws ApiError; VaultError `vault/closed`, as the others do
	 */
	async add(entity: string, kind: PlainKind, bytes: Bytes, type: string): Promise<string> {
		const store = await this.#store();
		const id = crypto.randomUUID();
		await this.#storage.put(plainName({ entity, kind, id }), bytes, type);
		await keep(store, id, bytes);
		return id;
	}

	/** The bytes of an object: from this device, else by its signed URL, which is asked for anew once it has ended. */
	async read(place: PlainPlace): Promise<Bytes> {
		const store = await this.#store();
		const kept = await store.parts.get(place.id, 0);
		if (kept) return kept;
		const bytes = await this.#fetch(store, plainName(place));
		await keep(store, place.id, bytes);
		return bytes;
	}

	/** Deletes an object at the server where it may be deleted, and here. */
	async remove(place: PlainPlace): Promise<void> {
		await forgetPlain(await this.#store(), place);
		await this.#storage.remove(plainName(place));
	}

	async #fetch(store: RecordStore, name: string): Promise<Bytes> {
		const url = await keptUrl(store, name);
		if (url !== null) {
			try {
				return await this.#storage.read(url);
			} catch (error) {
				// One that does not hold any more, whatever this device's clock says, is asked for once more.
				if (!(error instanceof ApiError) || error.passing) throw error;
			}
		}
		const signed = await this.#storage.sign(name);
		await keepUrl(store, name, signed).catch(() => undefined);
		return this.#storage.read(signed.url);
	}

	#store(): Promise<RecordStore> {
		const { store } = this.#state;
		if (!store) throw new VaultError('vault/closed');
		return store;
	}
}

/** Nothing of an object stays on this device. */
export async function forgetPlain(store: RecordStore, place: PlainPlace): Promise<void> {
	await store.parts.drop(place.id);
	await dropUrl(store, plainName(place));
}

/** A device that is full does without; what is sealed is handed on, so it is a copy. */
async function keep(store: RecordStore, id: string, bytes: Bytes): Promise<void> {
	await store.parts.put(id, 0, bytes.slice()).catch(() => undefined);
}
