import { CryptoError } from '../crypto/crypto-error.ts';
import { noEntity } from '../crypto/uuid.ts';
import type { AccountDatabase, PartRow } from './account-database.ts';
import { asDeviceError } from './as-device-error.ts';
import { DeviceError } from './device-error.ts';
import { openCached, sealCached } from './page-seal.ts';
import type { CachePlace } from './page-seal.ts';
import { MOST_KEPT } from './part-store.ts';
import type { PartStore } from './part-store.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Milliseconds: which part was used longest ago is known to the hour. */
const NOTED_EVERY = 3_600_000;

/**
 * Parts of files in an account's database, sealed under its device key. Those of a domain with a user layer are sealed with
 * their content's own key before: that is nowhere on the disk but under the user's.
 */
export class DiskParts implements PartStore {
	readonly #database: AccountDatabase;
	readonly #key: CryptoKey;
	readonly #most: number;

	/** @param key what `cacheKey` gives */
	constructor(database: AccountDatabase, key: CryptoKey, most = MOST_KEPT) {
		[this.#database, this.#key, this.#most] = [database, key, most];
	}

	async put(content: string, part: number, bytes: Bytes, waiting = false): Promise<void> {
		const sealed = await sealCached(this.#key, placeOf(content, part), bytes);
		const row = { name: nameOf(content, part), content, size: sealed.length, used: Date.now(), sealed };
		const write = () => run(() => this.#database.parts.put(waiting ? { ...row, waiting: 1 } : row));
		try {
			await write();
		} catch (error) {
			if (!(error instanceof DeviceError) || error.code !== 'device/full') throw error;
			await this.#trim(0);
			await write();
		}
		if (!waiting) await this.#trim(this.#most);
	}

	async get(content: string, part: number): Promise<Bytes | null> {
		const row = await run(() => this.#database.parts.get(nameOf(content, part)));
		if (!row) return null;
		try {
			const bytes = await openCached(this.#key, placeOf(content, part), row.sealed);
			await this.#use(row);
			return bytes;
		} catch (error) {
			if (!(error instanceof CryptoError)) throw error;
			await run(() => this.#database.parts.delete(row.name));
			return null;
		}
	}

	async settle(content: string): Promise<void> {
		await run(() =>
			this.#database.parts
				.where('content')
				.equals(content)
				.modify((row) => {
					delete row.waiting;
				})
		);
		await this.#trim(this.#most);
	}

	async drop(content: string): Promise<void> {
		await run(() => this.#database.parts.where('content').equals(content).delete());
	}

	/** Notes that a part was read: not each time, since a note of one takes its bytes to the disk again. */
	async #use({ name, used }: PartRow): Promise<void> {
		const now = Date.now();
		if (Math.abs(now - used) < NOTED_EVERY) return;
		await run(() => this.#database.parts.update(name, { used: now }));
	}

	/** Gives up what was used longest ago, beyond `most` bytes; what waits stays. No part is read for it. */
	async #trim(most: number): Promise<void> {
		const { parts } = this.#database;
		await run(async () => {
			const waiting = new Set(await parts.where('waiting').equals(1).primaryKeys());
			let sum = 0;
			const gone: string[] = [];
			await parts
				.orderBy('[used+size]')
				.reverse()
				.eachKey((key, { primaryKey: name }) => {
					const [, size] = key as [used: number, size: number];
					if (!waiting.has(name) && (sum += size) > most) gone.push(name);
				});
			if (gone.length > 0) await parts.bulkDelete(gone);
		});
	}
}

const nameOf = (content: string, part: number): string => `${content}/${part}`;

function placeOf(content: string, part: number): CachePlace {
	return { entity: noEntity, object: content, writes: part + 1, name: 'part' };
}

async function run<T>(work: () => PromiseLike<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw asDeviceError(error);
	}
}
