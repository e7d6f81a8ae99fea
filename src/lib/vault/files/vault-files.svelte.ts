import type { Domain } from '../../api/ids.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { file as fileKind } from '../../kinds/file.ts';
import { isPurged, type OpenRecord } from '../open-record.ts';
import type { SaveOutcome } from '../save-outcome.ts';
import { saveRecord } from '../save-record.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { chosenAnew, isLayerChanged } from './begin-anew.ts';
import { fileView, uploadView } from './file-view.ts';
import type { FileView } from './file-view.ts';
import { finishUpload } from './finish-upload.ts';
import { checkSame, keepParts } from './part-source.ts';
import { readFile } from './read-file.ts';
import { staleFiles } from './stale-files.ts';
import { UploadJournal } from './upload-journal.ts';
import { isSealedHere, uploadPorts } from './upload-ports.ts';
import { MOST_BYTES, newUpload } from './upload.ts';
import type { Upload } from './upload.ts';
import { Uploads } from './uploads.svelte.ts';

export interface ReadOptions {
	signal?: AbortSignal;
	/** Called with the bytes of content that were opened so far. */
	progress?: (bytes: number) => void;
}

/** The files of the opened entity: those that records name, and those on their way to the server. */
export class VaultFiles {
	readonly #state: VaultState;
	readonly #saved: () => void;
	readonly #uploads: Uploads;

	/** @param saved called when a record was saved here that the server is to be told of */
	constructor(state: VaultState, saved: () => void) {
		[this.#state, this.#saved] = [state, saved];
		this.#uploads = new Uploads((upload, chosen, tell, signal) =>
			finishUpload({ state, saved, tell, signal }, upload, chosen)
		);
	}

	/** A file, or an upload, by the id of its record; null where there is neither. Reactive. */
	view(id: string): FileView | null {
		const waiting = this.#uploads.get(id);
		// What is only sealed anew is there as before.
		if (waiting && !waiting.upload.renews) return uploadView(waiting);
		const record = this.#state.records.get(id);
		return record?.body.kind === fileKind.name || record?.damaged ? fileView(record) : null;
	}

	/** Whether a file was deleted for good: no record has to name it any more. Reactive. */
	isPurged(id: string): boolean {
		const record = this.#state.records.get(id);
		return record !== undefined && isPurged(record);
	}

	/** Goes on with what this device noted of the entity that was opened. */
	async begin(): Promise<void> {
		const { entity } = this.#state;
		const store = await this.#state.store;
		if (entity === null || !store) return;
		for (const upload of await new UploadJournal(store).list()) {
			if (upload.entity === entity && this.#state.entity === entity) this.#uploads.add(upload);
		}
		await this.renew();
	}

	/**
	 * Seals contents anew that were sealed before their domain's key of now, in the background. Killed anywhere the old one
	 * or the new one is what the record names.
	 * @throws ApiError
	 */
	async renew(): Promise<void> {
		for (const upload of await staleFiles(this.#state)) {
			await new UploadJournal((await uploadPorts(this.#state, this.#state.opening.signal)).store).write(upload);
			this.#uploads.add(upload);
		}
	}

	/** What was under way is stopped; the device has the notes. */
	stop(): void {
		this.#uploads.clear();
	}

	/**
	 * Begins to upload a file; it goes on in the background, and after the page was closed. The file's record is saved when
	 * its content is on the server.
	 * @returns the id that its record will have
	 * @throws VaultError `vault/closed`, `file/too-large`, `file/no-key`, `file/changed`; DeviceError `device/full`
	 */
	async attach(chosen: File, domain: Domain, { thumb }: { thumb?: string } = {}): Promise<string> {
		const { entity } = this.#state;
		if (entity === null) throw new VaultError('vault/closed');
		if (chosen.size > MOST_BYTES) throw new VaultError('file/too-large');
		const ports = await uploadPorts(this.#state, this.#state.opening.signal);
		const key = isSealedHere(this.#state, entity, domain) ? { key: await ports.keys().drawFileKey() } : {};
		const { name, type, size } = chosen;
		const of = { file: crypto.randomUUID(), entity, domain, name, type, size, ...key };
		const upload = newUpload(thumb ? { ...of, thumb } : of);
		if (upload.kept) await keepParts(ports, upload, chosen);
		await new UploadJournal(ports.store).write(upload);
		this.#uploads.add(upload, chosen);
		return upload.file;
	}

	/** Tries an upload again that failed, or waits for the server: what it is made of is here. */
	retry(id: string): void {
		this.#uploads.retry(id);
	}

	/**
	 * Goes on with a file whose bytes are not here any more. Where they were kept here, or its domain has another layer by
	 * now, it begins anew: nothing of two choices is mixed.
	 * @throws VaultError `file/other` where it is not the same one, and as `attach`
	 */
	async resume(id: string, chosen: File): Promise<void> {
		const upload = this.#uploads.get(id)?.upload;
		if (!upload) return;
		await checkSame(upload, chosen);
		const isAnew = upload.kept || isLayerChanged(this.#state, upload);
		this.#uploads.add(isAnew ? await this.#anew(upload, chosen) : upload, chosen);
	}

	/** Gives an upload up: nothing of it stays here, and the server forgets what it has within a day. */
	async cancel(id: string): Promise<void> {
		const upload = this.#uploads.get(id)?.upload;
		this.#uploads.remove(id);
		const store = await this.#state.store;
		if (!upload || !store) return;
		await new UploadJournal(store).remove(id);
		for (const content of [id, upload.content]) if (content) await store.parts.drop(content);
		const { content } = upload;
		if (content) await this.#state.client.call('releaseContent', { params: { id: content } }).catch(() => null);
	}

	/** Gives a file another name. */
	async rename(id: string, name: string): Promise<SaveOutcome> {
		const { domain, body } = this.#record(id);
		const outcome = await saveRecord(this.#state, { id, domain, body: { ...body, values: { ...body.values, name } } });
		this.#saved();
		return outcome;
	}

	/**
	 * The content of a file in parts, each authenticated, the last only when all of it is what the record says; see readFile.
	 * @throws VaultError `file/missing`
	 */
	async *read(id: string, { signal, progress }: ReadOptions = {}): AsyncGenerator<Bytes, void, undefined> {
		const { domain, body } = this.#record(id);
		const opened = this.#state.opening.signal;
		const ports = await uploadPorts(this.#state, signal ? AbortSignal.any([signal, opened]) : opened);
		let bytes = 0;
		for await (const part of readFile(ports, { domain, values: body.values })) {
			progress?.((bytes += part.length));
			yield part;
		}
	}

	async #anew(upload: Upload, chosen: Blob): Promise<Upload> {
		const ports = await uploadPorts(this.#state, this.#state.opening.signal);
		const begin = () => chosenAnew(this.#state, ports, upload, chosen);
		return this.#state.alone(`upload-${upload.file}`, begin);
	}

	#record(id: string): OpenRecord {
		const record = this.#state.records.peek(id);
		if (record?.body.kind !== fileKind.name) throw new VaultError('file/missing');
		return record;
	}
}
