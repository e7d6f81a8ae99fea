import type { RecordStore } from '../../device/record-store.ts';
import type { Upload } from './upload.ts';

const PREFIX = 'upload/';

/** What this device notes of uploads, sealed as what records say. */
export class UploadJournal {
	readonly #store: RecordStore;

	constructor(store: RecordStore) {
		this.#store = store;
	}

	/** Uploads that are not done; one whose note does not open is left for the key that opens it. */
	async list(): Promise<Upload[]> {
		const uploads: Upload[] = [];
		for (const name of await this.#store.textNames(PREFIX)) {
			const text = await this.#store.readText(name);
			if (text !== null) uploads.push(JSON.parse(text) as Upload);
		}
		return uploads;
	}

	/** How it stands, whichever tab noted it; null where it is done or was given up. */
	async read(file: string): Promise<Upload | null> {
		const text = await this.#store.readText(PREFIX + file);
		return text === null ? null : (JSON.parse(text) as Upload);
	}

	async write(upload: Upload): Promise<void> {
		await this.#store.writeText(PREFIX + upload.file, JSON.stringify(upload), true);
	}

	async remove(file: string): Promise<void> {
		await this.#store.writeText(PREFIX + file, null);
	}
}
