import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { partsOf } from '../../crypto/file-content.ts';
import type { RecordStore } from '../../device/record-store.ts';
import { ShareNotes } from '../../device/share-notes.ts';
import type { SharedFile, ShareNote } from '../../device/share-notes.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { contentSize } from './upload.ts';

/** Files that were shared with the app, until the person says where they belong. */
export interface WaitingShare {
	readonly id: string;
	/** When it came, RFC 3339. */
	readonly at: string;
	/** Null where they do not open: they were sealed under an earlier password, or damaged. */
	readonly files: readonly SharedFile[] | null;
	/** How many there are. */
	readonly count: number;
	/** Bytes of all of them. */
	readonly bytes: number;
}

/** What was shared with the installed app on this device, perhaps while it was locked. */
export class VaultShares {
	readonly #state: VaultState;
	/** What was listed, and whose it is. */
	#found = $state.raw<{ readonly of: string | null; readonly shares: readonly WaitingShare[] } | null>(null);

	constructor(state: VaultState) {
		this.#state = state;
	}

	/** The oldest first; null before this device was asked. Reactive. */
	get waiting(): readonly WaitingShare[] | null {
		return this.#found?.of === this.#state.owner ? (this.#found?.shares ?? null) : null;
	}

	/**
	 * Sees to it that what is shared from now on is sealed to this person's keys, and lists what waits. Does nothing while
	 * nobody knows whether there are keys, or they are not open.
	 * @throws DeviceError, KeysError
	 */
	async begin(): Promise<void> {
		const store = await this.#open();
		if (!store) return;
		await this.#state.alone('shares', async () => {
			const notes = new ShareNotes(store);
			await notes.sweep();
			await this.#readyTo(notes);
		});
		await this.list();
	}

	/** Lists what waits. */
	async list(): Promise<void> {
		const store = await this.#open();
		if (!store) return;
		const [notes, of] = [new ShareNotes(store), this.#state.owner];
		const whole = (await notes.list()).filter(({ box, files }) => box !== undefined || files !== undefined);
		const shares: WaitingShare[] = [];
		for (const note of whole) {
			const { id, at, bytes, contents } = note;
			shares.push({ id, at, bytes, count: contents.length, files: await this.#filesOf(notes, note) });
		}
		this.#found = { of, shares };
	}

	/**
	 * The files of a share, in memory.
	 * @throws CryptoError `crypto/cannot-open` where one is not what was shared; VaultError `file/missing`
	 */
	async read({ files }: WaitingShare): Promise<File[]> {
		const store = await this.#open();
		if (!store || !files) throw new VaultError('file/missing');
		const read: File[] = [];
		for (const { name, type, ...file } of files) read.push(new File(await this.#partsOf(store, file), name, { type }));
		return read;
	}

	/** Forgets a share: its files are where they belong, or not wanted. */
	async remove(id: string): Promise<void> {
		const store = await this.#state.store;
		if (!store) return;
		const notes = new ShareNotes(store);
		const note = (await notes.list()).find((one) => one.id === id);
		if (note) await notes.remove(id, note);
		await this.list();
	}

	/** The store, where the person's keys are open or known not to be. */
	async #open(): Promise<RecordStore | null> {
		if (this.#state.locked || this.#state.unsure()) return null;
		return this.#state.store;
	}

	async #readyTo(notes: ShareNotes): Promise<void> {
		const [now, keys] = [await notes.to(), this.#state.contentKeys];
		if (!keys) {
			if (now?.to !== null) await notes.sealTo({ to: null });
			return;
		}
		let own = now?.to ? now.id : null;
		if (own === null || (await notes.key(own)) === null) {
			const { key, to } = await keys.drawShareKey();
			own = crypto.randomUUID();
			// The private half first: nothing is ever sealed to a key that is not kept.
			await notes.keepKey(own, key);
			await notes.sealTo({ id: own, to: toBase64url(to) });
		}
		await notes.keepKeys([own, ...(await notes.list()).flatMap(({ of }) => of ?? [])]);
	}

	async #filesOf(notes: ShareNotes, note: ShareNote & { id: string }): Promise<readonly SharedFile[] | null> {
		if (note.files) return note.files;
		const { contentKeys, owner: account } = this.#state;
		const key = note.of === undefined ? null : await notes.key(note.of);
		if (!contentKeys || account === null || key === null) return null;
		try {
			const sealed = fromBase64url(note.box ?? '');
			return JSON.parse(await contentKeys.openShare({ key, account, share: note.id, sealed })) as SharedFile[];
		} catch (error) {
			if (error instanceof CryptoError) return null;
			throw error;
		}
	}

	async #partsOf(
		store: RecordStore,
		{ content, size, key }: Pick<SharedFile, 'content' | 'size' | 'key'>
	): Promise<Bytes[]> {
		const parts: Bytes[] = [];
		for (let part = 0; part < partsOf(size); part++) {
			const kept = await store.parts.get(content, part);
			if (!kept) throw new VaultError('file/missing');
			const keys = this.#state.contentKeys;
			if (key !== undefined && !keys) throw new VaultError('file/no-key');
			parts.push(key && keys ? await keys.openPart({ key, content, part }, contentSize(size, part), kept) : kept);
		}
		return parts;
	}
}
