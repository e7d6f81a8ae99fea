import { createHash } from 'node:crypto';
import { damaged } from './backup-error.ts';
import { BLOCK, checksumOf } from './write-tar.ts';

/** A file of a tar file. Its bytes must be read before the next one is asked for. */
export interface TarEntry {
	name: string;
	/** In bytes. */
	size: number;
	/** SHA-256, in hex, of everything before this entry. */
	before: string;
	/** The bytes as they come. */
	parts(): AsyncGenerator<Uint8Array>;
	/** All of it. @throws BackupError when it is larger than `most` bytes. */
	bytes(most: number): Promise<Buffer>;
}

/**
 * The files of a tar file as `write-tar.ts` makes it, in their order.
 * @throws BackupError `backup/damaged` at anything else, and when the end is missing.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
	const bytes = new Bytes(source);
	for (;;) {
		const before = bytes.digest();
		const block = await bytes.take(BLOCK);
		if (block.every((byte) => byte === 0)) break;
		const { name, size } = readHeader(block);
		let left = size;
		const parts = async function* () {
			while (left > 0) {
				const part = await bytes.some(left);
				left -= part.length;
				yield part;
			}
		};
		yield {
			name,
			size,
			before,
			parts,
			async bytes(most) {
				if (size > most) throw damaged(`${name} is too large`);
				return Buffer.concat(await Array.fromAsync(parts()));
			}
		};
		while (left > 0) left -= (await bytes.some(left)).length;
		await bytes.take((BLOCK - (size % BLOCK)) % BLOCK);
	}
	if (!(await bytes.take(BLOCK)).every((byte) => byte === 0) || !(await bytes.ended()))
		throw damaged('something follows its end');
}

function readHeader(block: Buffer): { name: string; size: number } {
	const field = (from: number, length: number) =>
		block
			.subarray(from, from + length)
			.toString('utf8')
			.replace(/\0.*$/s, '');
	const [size, sum] = [field(124, 12), field(148, 8)].map((text) => Number.parseInt(text, 8));
	if (field(257, 6) !== 'ustar' || sum !== checksumOf(block) || size === undefined || !Number.isSafeInteger(size))
		throw damaged('a header is not one');
	const prefix = field(345, 155);
	return { name: prefix ? `${prefix}/${field(0, 100)}` : field(0, 100), size };
}

/** Bytes in the portions that are asked for, and the hash of all that were given out. */
class Bytes {
	readonly #source: AsyncIterator<Uint8Array>;
	readonly #hash = createHash('sha256');
	#rest: Uint8Array = new Uint8Array();

	constructor(source: AsyncIterable<Uint8Array>) {
		this.#source = source[Symbol.asyncIterator]();
	}

	digest(): string {
		return this.#hash.copy().digest('hex');
	}

	/** At least one byte and at most so many. */
	async some(most: number): Promise<Uint8Array> {
		if (await this.ended()) throw damaged('its end is missing');
		const part = this.#rest.subarray(0, most);
		this.#rest = this.#rest.subarray(part.length);
		this.#hash.update(part);
		return part;
	}

	/** Exactly so many. */
	async take(count: number): Promise<Buffer> {
		const parts: Uint8Array[] = [];
		for (let left = count; left > 0; left -= parts.at(-1)?.length ?? 0) parts.push(await this.some(left));
		return Buffer.concat(parts);
	}

	async ended(): Promise<boolean> {
		while (this.#rest.length === 0) {
			const next = await this.#source.next();
			if (next.done) return true;
			this.#rest = next.value;
		}
		return false;
	}
}
