import type { PartStore } from './part-store.ts';

/** Where the browser keeps nothing for this page: parts that wait to be uploaded, for as long as the tab lives. */
export class MemoryParts implements PartStore {
	readonly #parts = new Map<string, Uint8Array<ArrayBuffer>>();

	put(content: string, part: number, bytes: Uint8Array<ArrayBuffer>, waiting = false): Promise<void> {
		if (waiting) this.#parts.set(`${content}/${part}`, bytes.slice());
		return Promise.resolve();
	}

	get(content: string, part: number): Promise<Uint8Array<ArrayBuffer> | null> {
		return Promise.resolve(this.#parts.get(`${content}/${part}`)?.slice() ?? null);
	}

	/** What is on the server is not worth the tab's memory. */
	settle(content: string): Promise<void> {
		return this.drop(content);
	}

	drop(content: string): Promise<void> {
		for (const name of this.#parts.keys()) if (name.startsWith(`${content}/`)) this.#parts.delete(name);
		return Promise.resolve();
	}
}
