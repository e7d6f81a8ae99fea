import { SvelteMap } from 'svelte/reactivity';
import type { PlainPlace } from '../../api/plain-objects.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { HEAD, sniffHead } from '../../files/sniff.ts';
import type { StorageClient } from '../../sync/storage-client.ts';
import { editEntity } from '../edit-entity.ts';
import type { EntityView } from '../entity-view.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { VaultError } from '../vault-error.ts';
import { PlainObjects } from './plain-objects.ts';

/** Pictures that are shown; told by their first bytes, whatever the server says of them. */
const SHOWN: readonly (string | null)[] = ['image/webp', 'image/jpeg', 'image/png'];

/** The pictures of entities, as addresses of this page's own memory. */
export class Avatars {
	readonly #state: VaultState;
	readonly #objects: PlainObjects;
	/** By the avatar's id. */
	readonly #shown = new SvelteMap<string, string>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #asked = new Set<string>();

	constructor(state: VaultState, storage: StorageClient) {
		[this.#state, this.#objects] = [state, new PlainObjects(state, storage)];
	}

	/** The address of an entity's picture; null where it has none, or it is not here (yet). Reactive. */
	of({ avatar }: EntityView): string | null {
		return avatar === undefined ? null : (this.#shown.get(avatar) ?? null);
	}

	/** Gets an entity's picture, from this device or the server; what cannot be had now is asked for the next time. */
	async load({ id: entity, avatar }: EntityView): Promise<void> {
		if (avatar === undefined || this.#shown.has(avatar) || this.#asked.has(avatar)) return;
		const { owner } = this.#state;
		this.#asked.add(avatar);
		try {
			const bytes = await this.#objects.read({ entity, kind: 'avatar', id: avatar });
			if (this.#state.owner === owner) this.#show(avatar, bytes);
		} catch {
			// Its initials stand there until then.
		} finally {
			this.#asked.delete(avatar);
		}
	}

	/**
	 * Gives an entity another picture; the one before is deleted.
	 * @param bytes a small WebP or JPEG
	 * @throws ApiError, with status 409 where another device changed the entity first; VaultError `vault/closed`, `file/not-shown`
	 */
	async set(entity: EntityView, bytes: Bytes): Promise<void> {
		const type = sniffHead(bytes.subarray(0, HEAD));
		if (type === null || !SHOWN.includes(type)) throw new VaultError('file/not-shown');
		const avatar = await this.#objects.add(entity.id, 'avatar', bytes, type);
		this.#show(avatar, bytes);
		await this.#change(entity, avatar);
	}

	/** Takes an entity's picture away. Throws what `set` does. */
	async remove(entity: EntityView): Promise<void> {
		await this.#change(entity, null);
	}

	/** Nothing of any picture stays in memory. */
	clear(): void {
		for (const address of this.#shown.values()) URL.revokeObjectURL(address);
		this.#shown.clear();
	}

	async #change(entity: EntityView, avatar: string | null): Promise<void> {
		await editEntity(this.#state, entity.id, { base: entity.rev, avatar });
		if (entity.avatar === undefined) return;
		this.#hide(entity.avatar);
		const former: PlainPlace = { entity: entity.id, kind: 'avatar', id: entity.avatar };
		// What stays for want of a network is due, and goes with somebody's next request.
		await this.#objects.remove(former).catch(() => undefined);
	}

	#hide(avatar: string): void {
		URL.revokeObjectURL(this.#shown.get(avatar) ?? '');
		this.#shown.delete(avatar);
	}

	#show(avatar: string, bytes: Bytes): void {
		const type = sniffHead(bytes.subarray(0, HEAD));
		if (type === null || !SHOWN.includes(type) || this.#shown.has(avatar)) return;
		this.#shown.set(avatar, URL.createObjectURL(new Blob([bytes], { type })));
	}
}
