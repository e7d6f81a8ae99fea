import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import { Replica } from '../../../src/lib/sync/replica.ts';
import type { LocalRecord } from '../../../src/lib/sync/replica.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import type { SyncTabs, Turn } from '../../../src/lib/sync/tabs.ts';
import type { RecordKeys } from '../../../src/lib/keys/record-keys.ts';
import { userSeal } from '../../../src/lib/sync/user-seal.ts';
import type { TestKeys } from '../../unit/sync/test-keys.ts';
import type { Device } from './device.ts';

/** What is awaited of a page that was killed. */
const never = new Promise<never>(() => undefined);

/**
 * One page (tab) of the app on a device: the real replica over the real store. It can be killed at any await of store or
 * network: from then on nothing it does reaches either, and nothing it awaits comes back.
 */
export class Page {
	readonly device: Device;
	alive = true;
	/** What its screen would show. */
	readonly shown = new Map<string, LocalRecord>();
	/** How many more awaits it lives; 0: it is not to die. */
	fuse = 0;
	readonly dead: Promise<'dead'>;
	#die: () => void = () => undefined;
	readonly #running = new Set<Promise<unknown>>();
	#replica: Replica | null = null;
	#store: RecordStore | null = null;
	#hear: ((entity: string) => void)[] = [];

	constructor(device: Device) {
		this.device = device;
		this.dead = new Promise((resolve) => (this.#die = () => resolve('dead')));
	}

	get replica(): Replica {
		if (!this.#replica) throw new Error('the page was not opened');
		return this.#replica;
	}

	/** Opens the entity on this page; false where the page died over it. */
	async open(): Promise<boolean> {
		const { stage, entity, account } = this.device;
		this.#store = await openRecordStore(this.device.database);
		const keys = this.device.layer?.keysOf(this.device.known) ?? null;
		this.#store.sealWith(keys && userSeal(keys));
		const client = createApiClient({
			accessToken: (fresh) => stage.accessToken(fresh),
			fetch: (input, init) => this.gate(() => this.device.wire.fetch(stage.url + (input as string), init)),
			pause: () => this.gate(() => new Promise((resolve) => setTimeout(resolve)))
		});
		const opening = Replica.open({
			entity,
			account,
			domains: ['finances', 'health'],
			store: this.#gated(this.#store),
			client,
			layers: {
				keys: keys && this.#gatedKeys(keys),
				renew: async () => {
					await client.call('listRosters', { query: { entity } });
					keys?.accept();
				}
			},
			onRecords: (records) => records.forEach((record) => this.shown.set(record.id, record)),
			onReset: () => this.shown.clear(),
			joinTabs: (_, hear) => this.#tabs(hear),
			now: () => new Date(Date.now() + this.device.clock)
		});
		const opened = await Promise.race([opening, this.dead]);
		if (opened === 'dead') return false;
		this.#replica = opened;
		return true;
	}

	/** Runs something on this page; 'dead' where the page was killed before it was over. */
	run<T>(work: (replica: Replica) => Promise<T>): Promise<T | 'dead'> {
		const running = work(this.replica);
		running.catch(() => undefined);
		return Promise.race([running, this.dead]);
	}

	kill(): void {
		if (!this.alive) return;
		this.alive = false;
		this.#hear = [];
		// A transaction that has begun ends one way or the other before anybody else's does.
		void Promise.allSettled(this.#running).then(() => this.device.turns.leave(this));
		this.device.pageDied(this);
		this.#die();
	}

	/** When the last transaction that the page began is over, one way or the other. */
	async rest(): Promise<void> {
		await Promise.allSettled(this.#running);
		this.#store?.close();
	}

	hearOf(entity: string): void {
		for (const hear of this.#hear) hear(entity);
	}

	/** One await: before it begins or after it took effect the page may die. */
	async gate<T>(work: () => Promise<T>): Promise<T> {
		if (!this.alive) return never;
		const dies = this.fuse > 0 && --this.fuse === 0;
		if (dies && this.device.chance.happens(0.5)) {
			this.kill();
			return never;
		}
		const running = work();
		this.#running.add(running);
		try {
			return await running;
		} finally {
			this.#running.delete(running);
			if (dies) this.kill();
			if (!this.alive) await never;
		}
	}

	/** What the store asks of the keys is within its own awaits. */
	#gatedKeys(keys: TestKeys): RecordKeys {
		return {
			layer: (entity, domain) => keys.layer(entity, domain),
			seal: (...given) => this.gate(() => keys.seal(...given)),
			open: (...given) => this.gate(() => keys.open(...given)),
			sealLocal: (texts) => keys.sealLocal(texts),
			openLocal: (texts) => keys.openLocal(texts),
			isLocalNewest: () => true
		};
	}

	#gated(store: RecordStore): RecordStore {
		const on = <T>(work: () => Promise<T>) => this.gate(work);
		return {
			lasting: store.lasting,
			parts: store.parts,
			sealWith: (seal) => store.sealWith(seal),
			outline: () => on(() => store.outline()),
			read: (entity, after, take, options) =>
				on(() => store.read(entity, after, (rows) => void (this.alive && take(rows)), options)),
			place: (entity) => on(() => store.place(entity)),
			waiting: (entity) => on(() => store.waiting(entity)),
			reports: (entity) => on(() => store.reports(entity)),
			dismiss: (report) => on(() => store.dismiss(report)),
			commit: (update) => on(() => store.commit(this.device.tamper(update))),
			fold: (entity) => on(() => store.fold(entity)),
			turnSeal: (withPages) => on(() => store.turnSeal(withPages)),
			forget: (entity, domain) => on(() => store.forget(entity, domain)),
			readText: (name) => on(() => store.readText(name)),
			writeText: (name, text, ofRecords) => on(() => store.writeText(name, text, ofRecords)),
			updateText: (name, change) => on(() => store.updateText(name, change)),
			textNames: (prefix) => on(() => store.textNames(prefix)),
			close: () => store.close()
		};
	}

	#tabs(hear: (entity: string) => void): SyncTabs {
		this.#hear.push(hear);
		return {
			alone: <T>(turn: Turn, work: () => Promise<T>) => this.device.turns.take(this, turn, work),
			tell: (entity) => this.alive && this.device.tell(this, entity),
			close: () => (this.#hear = this.#hear.filter((one) => one !== hear))
		};
	}
}
