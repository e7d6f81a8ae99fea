import { randomUUID } from 'node:crypto';
import type { StoreUpdate } from '../../../src/lib/device/record-store.ts';
import type { Turn } from '../../../src/lib/sync/tabs.ts';
import type { TestKeys } from '../../unit/sync/test-keys.ts';
import type { Chance } from './chance.ts';
import { Model } from './model.ts';
import type { Act } from './model.ts';
import { Page } from './page.ts';
import type { Stage } from './stage.ts';
import type { UserLayer } from './user-layer.ts';
import { Wire } from './wire.ts';

/** A device of the account: a database, a clock of its own, a line to the server, one or two pages. */
export class Device {
	readonly database = randomUUID();
	readonly stage: Stage;
	readonly entity: string;
	readonly account: string;
	readonly chance: Chance;
	readonly wire: Wire;
	readonly turns = new Turns();
	/** The user layer of the entity, in histories that have one, and what this device has kept of its rosters. */
	readonly layer: UserLayer | null;
	readonly known: TestKeys['known'] = new Map();
	/** How far its clock is off, in milliseconds. */
	clock = 0;
	pages: Page[] = [];
	/** Saves whose page died over them. */
	readonly cut: Act[] = [];
	readonly #graves: Page[] = [];
	/** For the cases that must fail: what a broken app would write instead. */
	tamper: (update: StoreUpdate) => StoreUpdate = (update) => update;

	constructor(stage: Stage, entity: string, account: string, chance: Chance, layer: UserLayer | null = null) {
		this.stage = stage;
		this.entity = entity;
		this.account = account;
		this.chance = chance;
		this.layer = layer;
		this.wire = new Wire(chance, stage.counts);
		this.wire.watch = (body) => layer?.watch(body);
	}

	/** Opens a page; again and again where it dies over it. */
	async openPage(fuse = 0): Promise<Page> {
		for (;;) {
			const page = new Page(this);
			page.fuse = fuse;
			fuse = 0;
			this.pages.push(page);
			if (await page.open()) return page;
			await page.rest();
		}
	}

	/** After pages died: opens one again from what is on disk, and looks which of their saves got there. */
	async revive(): Promise<void> {
		if (this.#graves.length === 0) return;
		await Promise.all(this.#graves.splice(0).map((page) => page.rest()));
		const page = await this.openPage();
		for (const act of this.cut.splice(0)) {
			const body = page.replica.record(act.record)?.plain ?? null;
			act.fate = Model.marksOf(body).has(act.mark) ? 'done' : 'gone';
		}
	}

	pageDied(page: Page): void {
		this.pages = this.pages.filter((one) => one !== page);
		this.#graves.push(page);
		this.stage.counts.pageKills++;
	}

	tell(from: Page, entity: string): void {
		for (const page of this.pages) if (page !== from) setTimeout(() => page.alive && page.hearOf(entity));
	}
}

interface Waiting {
	page: Page;
	start(): void;
}

/** Locks among the pages of a device, as a browser gives them: a page that dies lets go of what it held. */
class Turns {
	readonly #queues = new Map<Turn, Waiting[]>();

	take<T>(page: Page, turn: Turn, work: () => Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			if (!page.alive) return;
			const queue = this.#queues.get(turn) ?? [];
			this.#queues.set(turn, queue);
			const mine: Waiting = {
				page,
				start: () => {
					work()
						.then(resolve, reject)
						.finally(() => this.#end(turn, mine));
				}
			};
			queue.push(mine);
			if (queue[0] === mine) mine.start();
		});
	}

	leave(page: Page): void {
		for (const [turn, queue] of this.#queues) {
			const [holder] = queue;
			// What it only waited for is forgotten before anybody else's turn begins.
			this.#queues.set(
				turn,
				queue.filter((one) => one === holder || one.page !== page)
			);
			if (holder?.page === page) this.#end(turn, holder);
		}
	}

	#end(turn: Turn, one: Waiting): void {
		const queue = this.#queues.get(turn) ?? [];
		const place = queue.indexOf(one);
		if (place < 0) return;
		queue.splice(place, 1);
		if (place === 0) queue[0]?.start();
	}
}
