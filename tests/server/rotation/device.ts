import { randomUUID } from 'node:crypto';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import type { Chance } from '../campaign/chance.ts';
import type { Edit } from './ledger.ts';
import type { Life } from './life.ts';
import { Ledger } from './ledger.ts';
import type { MortalServer } from './mortal-server.ts';
import type { Person } from './person.ts';
import { HEALTH, VaultPage } from './vault-page.ts';

/** A device of the person: a database, a line to the server, and a page that may be closed and opened again. */
export class Device {
	readonly database = randomUUID();
	readonly person: Person;
	readonly entity: string;
	readonly chance: Chance;
	readonly server: MortalServer;
	online = true;
	/** Called before each request: what befalls it. */
	strike: (request: () => Promise<Response>) => Promise<Response> | null = () => null;
	/** For the cases that must fail: what a broken app would keep instead, and what it would be told. */
	tamper: (store: RecordStore) => RecordStore = (store) => store;
	hear: (path: string, answer: Response, sent: string) => Promise<Response> = (_, answer) => Promise.resolve(answer);
	/** Whether the person remembers passwords from before. */
	remembers = true;
	readonly turns = new DeviceTurns();
	/** The newest page, and the newest that was opened to its end. */
	#page: VaultPage | null = null;
	#opened: VaultPage | null = null;
	#opening: Promise<VaultPage> | null = null;
	readonly #unsure: Edit[] = [];

	constructor(server: MortalServer, person: Person, entity: string, chance: Chance) {
		[this.server, this.person, this.entity, this.chance] = [server, person, entity, chance];
	}

	async fetch(path: string, init?: RequestInit): Promise<Response> {
		if (!this.online) throw new TypeError('offline');
		const request = async () =>
			this.hear(path, await fetch(this.server.url + path, init), typeof init?.body === 'string' ? init.body : '');
		return this.strike(request) ?? request();
	}

	/** The page, opened anew where the last one was closed. Rejects as opening does. */
	page(): Promise<VaultPage> {
		if (this.#opened?.life.alive) return Promise.resolve(this.#opened);
		return (this.#opening ??= this.#open().finally(() => (this.#opening = null)));
	}

	/** The life of the page that there is now. */
	get life(): Life | undefined {
		return this.#page?.life;
	}

	async leave(): Promise<void> {
		await this.#page?.leave();
	}

	/** Saves an edit; one whose page is closed over it is looked for when a page is open again. */
	async save(edit: Edit): Promise<void> {
		const page = await this.page();
		const isReady = await page.run(() => page.ready());
		if (isReady === 'over') return void (edit.fate = 'gone');
		const record = page.replica.record(edit.record);
		const known = record?.plain;
		if (record && !known) return void (edit.fate = 'gone');
		const values = { ...known?.values, [edit.mark]: Ledger.textOf(edit) };
		const meta = { ...known?.meta, at: new Date().toISOString() };
		const body = { kind: 'symptom', version: 1, values, meta };
		this.#unsure.push(edit);
		const saved = await page.run(() => page.replica.save([{ id: edit.record, domain: HEALTH, body }]));
		if (saved === 'over') return;
		this.#unsure.splice(this.#unsure.indexOf(edit), 1);
		edit.fate = 'done';
	}

	async #open(): Promise<VaultPage> {
		for (;;) {
			await this.#page?.leave();
			this.turns.clear();
			const page = (this.#page = new VaultPage(this));
			const opened = await page
				.run(() => page.open())
				.catch(async (error: unknown) => {
					await page.leave();
					throw error;
				});
			if (opened === 'over') continue;
			for (const edit of this.#unsure.splice(0))
				edit.fate = edit.mark in (page.replica.record(edit.record)?.plain?.values ?? {}) ? 'done' : 'gone';
			return (this.#opened = page);
		}
	}
}

/** What a device's tabs do one after another. There is one page at a time here: a closed one lets go of its turn. */
class DeviceTurns {
	readonly #last = new Map<string, Promise<unknown>>();

	alone<T>(name: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.#last.get(name) ?? Promise.resolve()).then(work);
		this.#last.set(
			name,
			mine.catch(() => undefined)
		);
		return mine;
	}

	clear(): void {
		this.#last.clear();
	}
}
