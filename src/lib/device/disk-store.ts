import type { Domain } from '../api/ids.ts';
import { noEntity } from '../crypto/uuid.ts';
import type { AccountDatabase } from './account-database.ts';
import { asDeviceError } from './as-device-error.ts';
import { DeviceError } from './device-error.ts';
import type { DeviceSeal } from './device-seal.ts';
import { KeptCover } from './kept-cover.ts';
import { changeText, openTextRow, sealTextRow } from './kept-texts.ts';
import { turnKept } from './kept-turn.ts';
import { cacheLost } from './loss-report.ts';
import { WaitingRows } from './open-waiting.ts';
import { openReports, sealReports } from './outbox.ts';
import { foldPages } from './page-fold.ts';
import { readPages } from './page-log.ts';
import type { PartStore } from './part-store.ts';
import type { PullPlace, ReadOptions, RecordStore, Report } from './record-store.ts';
import type { StoredRecord, StoreUpdate, WaitingChange } from './record-store.ts';
import type { Locked, TurnedSeal, UserSeal } from './user-seal.ts';
import { dropOtherPages, sealUpdate, writeUpdate } from './write-update.ts';

/** What an account keeps, in its database on this device, sealed under its device key. */
export class DiskStore implements RecordStore {
	readonly lasting = true;
	readonly #database: AccountDatabase;
	readonly #seal: DeviceSeal;
	readonly #cover: KeptCover;
	readonly #waiting = new WaitingRows();
	readonly parts: PartStore;

	/** @param database an open one, which the store closes */
	constructor(database: AccountDatabase, seal: DeviceSeal, parts: PartStore) {
		[this.#database, this.#seal, this.parts] = [database, seal, parts];
		this.#cover = new KeptCover(database, seal);
	}

	sealWith(seal: UserSeal | Locked | null): void {
		this.#seal.user = seal;
		this.#cover.forget();
		this.#waiting.forget();
	}

	async read(
		entity: string,
		after: number,
		take: (rows: StoredRecord[]) => void,
		options: ReadOptions = {}
	): Promise<{ last: number; dropped: number }> {
		return run(async () => {
			const { last, broken, away } = await readPages(this.#database, this.#seal, entity, after, take, options);
			const dropped = [...broken, ...away];
			if (dropped.length > 0) await this.#drop(entity, dropped, broken.length > 0);
			return { last, dropped: dropped.length };
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
			const { changes, lost, told } = await this.#waiting.open(this.#seal, rows, (of) => this.reports(of), entity);
			if (told.length > 0) {
				const sealed = await sealReports(this.#seal, told);
				await this.#database.transaction('rw', outbox, reports, async () => {
					await outbox.bulkDelete(lost);
					await reports.bulkAdd(sealed);
				});
			}
			return changes;
		});
	}

	async outline(): Promise<Pick<WaitingChange, 'entity' | 'state'>[]> {
		const rows = await run(() => this.#database.outbox.toArray());
		return rows.map(({ entity, state }) => ({ entity, state: state as WaitingChange['state'] }));
	}

	async reports(entity: string): Promise<Report[]> {
		return run(async () => {
			const rows = await this.#database.reports.where('entity').equals(entity).toArray();
			return openReports(this.#seal, rows);
		});
	}

	async dismiss(report: string): Promise<void> {
		await run(() => this.#database.reports.where('id').equals(report).delete());
	}

	async commit(update: StoreUpdate): Promise<number> {
		const sealed = await sealUpdate(this.#seal, update);
		return this.#withRoom(update.entity, () => writeUpdate(this.#database, sealed));
	}

	async fold(entity: string): Promise<void> {
		// Without room for the new page the old ones stay, which read the same.
		await run(() => this.#cover.extend(entity)).catch(throwUnlessFull);
		await run(() => foldPages(this.#database, this.#seal, entity)).catch(throwUnlessFull);
	}

	async turnSeal(withPages: boolean): Promise<TurnedSeal> {
		return run(() => turnKept(this.#database, this.#seal, withPages));
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
		return row ? openTextRow(this.#seal, row) : null;
	}

	async writeText(name: string, text: string | null, ofRecords = false): Promise<void> {
		if (text === null) return run(() => this.#database.texts.delete(name));
		const row = await sealTextRow(this.#seal, name, text, ofRecords);
		await this.#withRoom(noEntity, () => this.#database.texts.put(row));
	}

	async updateText(name: string, change: (before: string | null) => string | null): Promise<void> {
		await this.#withRoom(noEntity, () => changeText(this.#database, this.#seal, name, change));
	}

	async textNames(prefix: string): Promise<string[]> {
		return run(() => this.#database.texts.where('name').startsWith(prefix).primaryKeys());
	}

	close(): void {
		this.#waiting.forget();
		this.#database.close();
	}

	/** Writes; where there is no room, makes some and writes once more. */
	async #withRoom<T>(entity: string, write: () => PromiseLike<T>): Promise<T> {
		const [database, seal] = [this.#database, this.#seal];
		for (const makeRoom of [() => dropOtherPages(database, entity), () => foldPages(database, seal, entity, true)]) {
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

	/**
	 * Drops pages that do not open. The server has what was in them: without a place, all of it is pulled again.
	 * @param isLoss whether something happened to this device that a person is to know of
	 */
	async #drop(entity: string, positions: number[], isLoss: boolean): Promise<void> {
		const { pages, places, reports } = this.#database;
		const told = !isLoss || (await this.reports(entity)).some(({ what }) => what === 'cache-lost');
		const report = await sealReports(this.#seal, told ? [] : [cacheLost(entity)]);
		await this.#database.transaction('rw', pages, places, reports, async () => {
			await pages.bulkDelete(positions);
			await places.delete(entity);
			await reports.bulkAdd(report);
		});
	}
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
