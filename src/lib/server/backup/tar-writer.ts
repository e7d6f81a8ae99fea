import { createHash } from 'node:crypto';
import { TAR_END, tarHeader, tarPadding } from './write-tar.ts';

/** Takes the next bytes; waits while whoever reads them is slower. */
export type Put = (part: Uint8Array) => Promise<void>;

/** Writes a tar file entry by entry and keeps the hash of all that was written. */
export class TarWriter {
	readonly #put: Put;
	readonly #at: number;
	readonly #hash = createHash('sha256');

	/** @param at the time of its files, seconds since 1970. */
	constructor(put: Put, at: number) {
		this.#put = put;
		this.#at = at;
	}

	/** SHA-256, in hex, of all that was written. */
	get sha256(): string {
		return this.#hash.copy().digest('hex');
	}

	async addText(name: string, text: string): Promise<void> {
		const bytes = Buffer.from(text);
		await this.add(name, bytes.length, [bytes]);
	}

	/** @throws Error when the parts are not `size` bytes together. */
	async add(name: string, size: number, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
		await this.#write(tarHeader(name, size, this.#at));
		let left = size;
		for await (const part of parts) {
			left -= part.length;
			await this.#write(part);
		}
		if (left !== 0) throw new Error('backup/changed');
		await this.#write(tarPadding(size));
	}

	async end(): Promise<void> {
		await this.#write(TAR_END);
	}

	async #write(part: Uint8Array): Promise<void> {
		if (part.length === 0) return;
		this.#hash.update(part);
		await this.#put(part);
	}
}
