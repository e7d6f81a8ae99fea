import { ApiError } from '../../../src/lib/sync/api-error.ts';
import type { StoreUpdate } from '../../../src/lib/device/record-store.ts';
import { Chance } from './chance.ts';
import { Device } from './device.ts';
import { drawEdit, drawNew } from './draw-act.ts';
import { compareDevices } from './compare-devices.ts';
import { Model } from './model.ts';
import type { Page } from './page.ts';
import type { Stage } from './stage.ts';
import { UserLayer } from './user-layer.ts';

export interface HistoryOptions {
	seed: number;
	steps?: number;
	/** Whether the server is killed on the way. */
	killsServer?: boolean;
	/** Whether a domain gets a user layer on the way, and another key after that. */
	layered?: boolean;
	/** What a broken app would write; for the cases that must fail. */
	tamper?: (update: StoreUpdate) => StoreUpdate;
}

/** Three devices of one account live through a drawn history; gives what is wrong at its end, as sentences. */
export class History {
	readonly #stage: Stage;
	readonly #chance: Chance;
	readonly #model = new Model();
	readonly #steps: number;
	readonly #killAt: number;
	readonly #layerAt: number;
	readonly #tamper: HistoryOptions['tamper'];
	readonly #background: Promise<unknown>[] = [];
	#devices: Device[] = [];
	#entity = '';
	#layer: UserLayer | null = null;

	constructor(stage: Stage, { seed, steps = 30, killsServer, layered, tamper }: HistoryOptions) {
		this.#stage = stage;
		this.#chance = new Chance(seed);
		this.#steps = steps;
		this.#killAt = killsServer ? this.#chance.below(steps) : -1;
		this.#layerAt = layered ? this.#chance.below(steps / 2) : -1;
		this.#tamper = tamper;
	}

	async live(): Promise<string[]> {
		const { account, client, counts } = this.#stage;
		this.#entity = await this.#stage.ask((token) => client.createEntity({ ...account, token }));
		this.#layer = this.#layerAt < 0 ? null : new UserLayer(this.#stage, this.#entity);
		const device = () => new Device(this.#stage, this.#entity, account.id, this.#chance, this.#layer);
		this.#devices = [device(), device(), device()];
		for (const device of this.#devices) {
			if (this.#tamper) device.tamper = this.#tamper;
			await device.openPage();
		}
		for (let step = 0; step < this.#steps; step++) {
			if (step === this.#killAt) this.#background.push(this.#stage.killServer());
			if (step === this.#layerAt && this.#layer) this.#background.push(this.#changeKeys(this.#layer));
			await this.#step();
			for (const device of this.#devices) await device.revive();
		}
		await this.#comeTogether();
		const { final, wrong } = await compareDevices(this.#stage, this.#devices);
		for (const body of final.values()) counts.conflicts += Object.keys(body.meta.conflicts ?? {}).length;
		return [...wrong, ...this.#model.judge(final)];
	}

	/** Switches the layer on, then rotates its key, while the devices go on. */
	async #changeKeys(layer: UserLayer): Promise<void> {
		this.#stage.counts.layered++;
		await layer.switchOn();
		await layer.rotate();
	}

	async #step(): Promise<void> {
		const chance = this.#chance;
		const device = chance.pick(this.#devices);
		const page = device && chance.pick(device.pages);
		if (!device || !page) return;
		const roll = chance.next();
		if (roll < 0.56) await this.#act(page);
		else if (roll < 0.72) await this.#sync(page);
		else if (roll < 0.8) this.#background.push(this.#sync(page));
		else if (roll < 0.84) device.wire.online = !device.wire.online;
		else if (roll < 0.88) this.#jump(device);
		else if (roll < 0.9) await this.#quietly(page, (replica) => replica.pullAll());
		else if (roll < 0.92 && device.pages.length < 2) await device.openPage(1 + chance.below(8));
		else await this.#kill(page);
	}

	#jump(device: Device): void {
		device.clock = (this.#chance.next() - 0.5) * 20 * 365 * 86_400_000;
		this.#stage.counts.clockJumps++;
	}

	/** A person saves; now and then from a draft that was open while other things came in. */
	async #act(page: Page): Promise<void> {
		const chance = this.#chance;
		const known = [...page.shown.values()].filter(({ plain }) => plain);
		const record = chance.happens(known.length < 3 ? 0.6 : 0.95) ? chance.pick(known) : undefined;
		const drawn = record?.plain ? drawEdit(chance, record.id, record.plain) : drawNew(chance);
		if (!drawn) return;
		const { act, save } = drawn;
		const stale = record && chance.happens(0.3);
		if (stale) await this.#sync(page);
		if (!page.alive) return;
		this.#model.acts.push(act);
		this.#stage.counts.acts++;
		const from = stale ? (act.saw as unknown as typeof save.body) : undefined;
		const saved = await page.run((replica) => replica.save([{ ...save, from }]));
		if (saved === 'dead') page.device.cut.push(act);
		else act.fate = 'done';
	}

	#sync(page: Page): Promise<boolean> {
		return this.#quietly(page, (replica) => replica.sync());
	}

	/** Runs a pass; whether it went through. That the server cannot be reached is part of the game, anything else is not. */
	async #quietly(page: Page, work: (replica: Page['replica']) => Promise<void>): Promise<boolean> {
		if (!page.alive) return false;
		const failure = await page.run((replica) => work(replica).catch((error: unknown) => error));
		// A key may be in use before its roster is to be had.
		const passing = failure instanceof ApiError && (failure.passing || failure.code === 'record/stale-generation');
		if (failure !== 'dead' && failure && !passing) throw failure as Error;
		return failure === undefined;
	}

	/** The page dies at one of the next awaits of a pass or a save, or right now. */
	async #kill(page: Page): Promise<void> {
		page.fuse = 1 + this.#chance.below(12);
		await Promise.all([this.#sync(page), this.#act(page)]);
		page.kill();
	}

	/** All come online on a good line, and sync until a whole round brings nothing new. */
	async #comeTogether(): Promise<void> {
		await this.#stage.up();
		for (const { wire, pages } of this.#devices) {
			wire.online = true;
			wire.trouble = 0;
			for (const page of pages) page.fuse = 0;
		}
		await Promise.all(this.#background);
		for (const device of this.#devices) {
			await device.wire.rest();
			// As a page that is opened anew asks for the rosters.
			this.#layer?.keysOf(device.known).accept();
		}
		let before = '';
		for (let round = 0; round < 40; round++) {
			let whole = true;
			for (const device of this.#devices) {
				await device.revive();
				const [page] = device.pages;
				if (!page || !(await this.#sync(page))) whole = false;
			}
			const now = JSON.stringify(
				this.#devices.map(({ pages }) => [pages[0]?.replica.waiting, [...(pages[0]?.shown ?? [])]])
			);
			if (whole && now === before) return;
			before = now;
			// Another history may have killed the server.
			await this.#stage.up();
		}
		throw new Error('the devices do not come to rest');
	}
}
