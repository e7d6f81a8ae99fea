import type { Domain } from '../api/ids.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { noEntity } from '../crypto/uuid.ts';
import type { AccountDatabase } from './account-database.ts';
import { asDeviceError } from './as-device-error.ts';
import { DeviceError } from './device-error.ts';
import { cacheLost, changeLost } from './loss-report.ts';
import { openChange, openReport, sealReport } from './outbox.ts';
import { foldPages } from './page-fold.ts';
import { readPages } from './page-log.ts';
import { openCachedText, sealCachedText } from './page-seal.ts';
import type { CachePlace } from './page-seal.ts';
import type { PullPlace, ReadOptions, RecordStore, Report } from './record-store.ts';
import type { StoredRecord, StoreUpdate, WaitingChange } from './record-store.ts';
import { dropOtherPages, sealUpdate, writeUpdate } from './write-update.ts';

/** What an account keeps, in its database on this device, sealed under its device key. */
export class DiskStore implements RecordStore {
	readonly lasting = true;
	readonly #database: AccountDatabase;
	readonly #key: CryptoKey;

	/**
	 * @param database an open one, which the store closes
	 * @param key what `cacheKey` gives
	 */
	constructor(database: AccountDatabase, key: CryptoKey) {
		this.#database = database;
		this.#key = key;
	}

	async read(
		entity: string,
		after: number,
		take: (rows: StoredRecord[]) => void,
		options: ReadOptions = {}
	): Promise<{ last: number; broken: number }> {
		return run(async () => {
			const { last, broken } = await readPages(this.#database, this.#key, entity, after, take, options);
			if (broken.length > 0) await this.#dropBroken(entity, broken);
			return { last, broken: broken.length };
		});
	}

	async place(entity: string): Promise<PullPlace | null> {
		const row = await run(() => this.#database.places.get(entity));
		if (!row) return null;
		const { entity: _, settled: __, ...place } = row;
		return place;
	}

	async waiting(entity?: string): Promise<WaitingChange[]> {
		const { outbox, reports } = this.#database;
		return run(async () => {
			const rows = await (entity === undefined ? outbox : outbox.where('entity').equals(entity)).toArray();
			const opened = await Promise.all(rows.map((row) => openChange(this.#key, row)));
			const lost = rows.filter((_, at) => opened[at] === null);
			if (lost.length > 0) {
				const told = await Promise.all(lost.map((row) => sealReport(this.#key, changeLost(row.entity, row.id))));
				await this.#database.transaction('rw', outbox, reports, async () => {
					await outbox.bulkDelete(lost.map(({ n }) => n ?? 0));
					await reports.bulkAdd(told);
				});
			}
			return opened.filter((change) => change !== null);
		});
	}

	async reports(entity: string): Promise<Report[]> {
		return run(async () => {
			const rows = await this.#database.reports.where('entity').equals(entity).toArray();
			const opened = await Promise.all(rows.map((row) => openReport(this.#key, row)));
			return opened.filter((report) => report !== null);
		});
	}

	async dismiss(report: string): Promise<void> {
		await run(() => this.#database.reports.where('id').equals(report).delete());
	}

	async commit(update: StoreUpdate): Promise<number> {
		const sealed = await sealUpdate(this.#key, update);
		return this.#withRoom(update.entity, () => writeUpdate(this.#database, sealed));
	}

	async fold(entity: string): Promise<void> {
		// Without room for the new page the old ones stay, which read the same.
		await run(() => foldPages(this.#database, this.#key, entity)).catch(throwUnlessFull);
	}

	async forget(entity: string, domain?: Domain): Promise<void> {
		const { pages, places } = this.#database;
		await run(() =>
			this.#database.transaction('rw', pages, places, async () => {
				const from = domain === undefined ? [entity] : [entity, domain];
				await pages
					.where('[entity+domain+count+size]')
					.between(from, [...from, []])
					.delete();
				if (domain === undefined) return places.delete(entity);
				await places
					.where('entity')
					.equals(entity)
					.modify(({ after, settled = {} }) => {
						delete after[domain];
						delete settled[domain];
					});
			})
		);
	}

	async readText(name: string): Promise<string | null> {
		const row = await run(() => this.#database.texts.get(name));
		if (!row) return null;
		try {
			return await openCachedText(this.#key, placeOfText(name), row.sealed);
		} catch (error) {
			if (error instanceof CryptoError) return null;
			throw error;
		}
	}

	async writeText(name: string, text: string | null): Promise<void> {
		if (text === null) return run(() => this.#database.texts.delete(name));
		const sealed = await sealCachedText(this.#key, placeOfText(name), text);
		await this.#withRoom(noEntity, () => this.#database.texts.put({ name, sealed }));
	}

	async textNames(prefix: string): Promise<string[]> {
		return run(() => this.#database.texts.where('name').startsWith(prefix).primaryKeys());
	}

	close(): void {
		this.#database.close();
	}

	/** Writes; where there is no room, makes some and writes once more. */
	async #withRoom<T>(entity: string, write: () => PromiseLike<T>): Promise<T> {
		const [database, key] = [this.#database, this.#key];
		for (const makeRoom of [() => dropOtherPages(database, entity), () => foldPages(database, key, entity, true)]) {
			try {
				return await run(write);
			} catch (error) {
				if (!isFull(error)) throw error;
			}
			// What made no room leaves it to the next way, and to the last writing to tell.
			await run(makeRoom).catch(throwUnlessFull);
		}
		return run(write);
	}

	/** Drops pages that do not open. The server has what was in them: without a place, all of it is pulled again. */
	async #dropBroken(entity: string, positions: number[]): Promise<void> {
		const { pages, places, reports } = this.#database;
		const told = (await this.reports(entity)).some(({ what }) => what === 'cache-lost');
		const report = told ? [] : [await sealReport(this.#key, cacheLost(entity))];
		await this.#database.transaction('rw', pages, places, reports, async () => {
			await pages.bulkDelete(positions);
			await places.delete(entity);
			await reports.bulkAdd(report);
		});
	}
}

function placeOfText(name: string): CachePlace {
	return { entity: noEntity, object: noEntity, writes: 1, name };
}

function isFull(error: unknown): boolean {
	return error instanceof DeviceError && error.code === 'device/full';
}

function throwUnlessFull(error: unknown): void {
	if (!isFull(error)) throw error;
}

async function run<T>(work: () => PromiseLike<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw asDeviceError(error);
	}
}
