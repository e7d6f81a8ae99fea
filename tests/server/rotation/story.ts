import { randomUUID } from 'node:crypto';
import type { Change } from '../../../src/lib/api/record.ts';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { DeviceError } from '../../../src/lib/device/device-error.ts';
import { KeysError } from '../../../src/lib/keys/keys-error.ts';
import { ApiError } from '../../../src/lib/sync/api-error.ts';
import { VaultError } from '../../../src/lib/vault/vault-error.ts';
import { Chance } from '../campaign/chance.ts';
import { Client } from '../client.ts';
import { Device } from './device.ts';
import { Ledger } from './ledger.ts';
import type { MortalServer } from './mortal-server.ts';
import { Person } from './person.ts';
import { findBodies, judgeRows, rowsOf } from './found-bodies.ts';
import { Strikes } from './strikes.ts';
import type { StrikeKind, StrikeCounts } from './strikes.ts';
import { HEALTH } from './vault-page.ts';
import type { VaultPage } from './vault-page.ts';

/** `rotate`: the domain's key. `switch-on`: from the system layer to both. `change`: of the password, with all keys. */
export type Turning = 'rotate' | 'switch-on' | 'change';

export interface StoryOptions {
	seed: number;
	turning: Turning;
	/** What befalls it first; more may follow. */
	first: StrikeKind;
	/** Records, a third of which have an earlier revision. */
	records: number;
	/** Makes a device one of a broken app; for the cases that must fail. */
	tamper?: (device: Device) => void;
}

/** The encryption passwords, before and after. */
const [FIRST, NEXT] = ['Sail-lantern 41 orchard velvet', 'Copper-window 19 thistle marble'];
/** Bodies that are pushed or sealed at once. */
const BATCH = 250;
/** Without an end to them a device that seals anew what it keeps would have more to do with every edit. */
const MOST_EDITS = 100;

/** The keys of a domain turn while everything is killed and the person goes on writing. */
export class Story {
	readonly ledger = new Ledger();
	readonly #server: MortalServer;
	readonly #options: StoryOptions;
	readonly #chance: Chance;
	readonly #counts: StrikeCounts;
	readonly #devices: Device[] = [];
	#client!: Client;
	#person!: Person;
	#entity = '';
	#turned = false;

	constructor(server: MortalServer, counts: StrikeCounts, options: StoryOptions) {
		[this.#server, this.#counts, this.#options] = [server, counts, options];
		this.#chance = new Chance(options.seed);
	}

	/** Lives through it; gives what is wrong at its end, as sentences. */
	async live(): Promise<string[]> {
		const { turning, records } = this.#options;
		this.#client = await this.#server.ask(() => Client.of(this.#server.url));
		const account = await this.#server.ask(() => this.#client.signUp());
		this.#person = new Person(this.#client, account);
		this.#entity = await this.#server.ask(() => this.#client.createEntity(account));
		const one = this.#device();
		if (turning !== 'switch-on') await this.#patiently(one, (page) => this.#turnOn(page));
		await this.#fill(one, records);
		const other = this.#device();
		for (const device of [one, other]) await this.#patiently(device, (page) => page.replica.sync());
		const before = await rowsOf(this.#server, this.#entity);
		const strikes = new Strikes(this.#chance, this.#counts, {
			first: this.#options.first,
			within: Math.ceil((records * 4) / 3 / 100) * 2 + 6,
			server: this.#server,
			join: () => this.#join()
		});
		strikes.befall(one);
		await Promise.all([this.#turn(one), this.#write(), this.#write()]);
		await strikes.rest();
		await this.#comeTogether();
		return this.#judge(before);
	}

	#device(): Device {
		const device = new Device(this.#server, this.#person, this.#entity, this.#chance);
		this.#options.tamper?.(device);
		this.#devices.push(device);
		return device;
	}

	/** Turns the keys on one device, again and again until they have turned. */
	async #turn(device: Device): Promise<void> {
		const was = this.#options.turning === 'switch-on' ? 0 : 1;
		while (!this.#turned) {
			await this.#patiently(device, async (page) => {
				const { encryption } = page;
				const layer = () => encryption.domainLayer(this.#entity, HEALTH);
				await page.ready();
				const has = this.#options.turning === 'rotate' ? layer()?.current : encryption.version;
				if (has === was) await this.#begin(page);
				await encryption.resume();
				// Where only the answer was lost, the person turned them twice.
				const now = layer();
				this.#turned = now !== null && now.current > was && now.oldest === now.current;
			});
		}
	}

	async #begin(page: VaultPage): Promise<void> {
		const { turning } = this.#options;
		if (turning === 'switch-on') return this.#turnOn(page);
		if (turning === 'rotate') return page.encryption.rotate(this.#entity, HEALTH);
		await page.encryption.change(this.#person.choose(NEXT), this.#person.account.password);
		await page.openEntity();
	}

	async #turnOn(page: VaultPage): Promise<void> {
		// It may have been turned on already, and only the answer was lost.
		await page.encryption.check();
		if (page.encryption.state === 'off') await page.encryption.turnOn(this.#person.choose(FIRST));
		else if (page.encryption.state === 'locked') await page.unlock();
		await page.encryption.resume();
		await page.openEntity();
	}

	/** What is there before: records, and another revision of each third. */
	async #fill(device: Device, records: number): Promise<void> {
		const ids = Array.from({ length: records }, () => randomUUID());
		await this.#put(device, ids, 1);
		await this.#put(
			device,
			ids.filter((_, at) => at % 3 === 0),
			2
		);
	}

	async #put(device: Device, ids: readonly string[], rev: number): Promise<void> {
		for (let from = 0; from < ids.length; from += BATCH) {
			const bodies = ids.slice(from, from + BATCH).map((id) => {
				const values = { what: `revision ${rev} of ${id}`, long: 'x'.repeat(this.#chance.below(400)) };
				this.ledger.note(id, rev, values);
				return {
					id,
					rev: String(rev),
					plain: { kind: 'symptom', version: 1, values, meta: { at: '2026-01-01T00:00:00Z' } }
				};
			});
			const sealed = await (await device.page()).vault.keys?.seal(this.#entity, HEALTH, bodies);
			const changes = bodies.map(({ id, plain }, at): Change => {
				const place = { change: randomUUID(), id, domain: HEALTH, base: String(rev - 1) } as const;
				return { ...place, ...(sealed?.[at] ?? { plain }) };
			});
			const { results } = await this.#server.ask(() => this.#client.push(this.#person.account, this.#entity, changes));
			if (results.some(({ status }) => status !== 'accepted')) throw new Error('what was there before was not taken');
		}
	}

	/** The person goes on writing on any device, for as long as the keys turn and fingers last. */
	async #write(): Promise<void> {
		const ids = [...new Set([...this.ledger.before.keys()].map((place) => place.split(' ')[0] ?? ''))];
		do {
			// What is refused at once must not keep everything else from going on.
			await new Promise((resolve) => setImmediate(resolve));
			const device = this.#chance.pick(this.#devices);
			const record = this.#chance.happens(0.2) ? randomUUID() : this.#chance.pick(ids);
			if (!device || !record) continue;
			const edit = this.ledger.begin(record);
			await this.#attempt(device, () => device.save(edit));
			await this.#attempt(device, (page) => (this.#chance.happens(0.6) ? page.replica.sync() : Promise.resolve()));
		} while (!this.#turned && this.ledger.edits.length < MOST_EDITS);
	}

	/** Another device begins: it is unlocked, takes everything in, and helps to seal. */
	async #join(): Promise<void> {
		const device = this.#device();
		await this.#attempt(device, async (page) => {
			await page.replica.sync();
			await page.encryption.resume();
		});
	}

	/** All come online and sync until nothing waits. */
	async #comeTogether(): Promise<void> {
		for (let round = 0; round < 30; round++) {
			let waits = 0;
			for (const device of this.#devices) {
				await this.#patiently(device, async (page) => {
					await page.ready();
					await page.encryption.resume();
					await page.replica.sync();
				});
				waits += (await device.page()).replica.waiting.length;
			}
			if (waits === 0 && round > 0) return;
		}
	}

	async #judge(before: Awaited<ReturnType<typeof rowsOf>>): Promise<string[]> {
		const wrong = judgeRows(before, await rowsOf(this.#server, this.#entity));
		for (const [at, device] of this.#devices.entries()) {
			const { encryption, replica } = await device.page();
			for (const { id, state, refusal } of replica.waiting)
				wrong.push(`device ${at}: ${id} waits as ${state} ${refusal?.reason ?? ''}`);
			if (encryption.away) wrong.push(`device ${at}: ${encryption.away.changes} wait under the earlier password`);
			if (encryption.alarm) wrong.push(`device ${at}: an alarm, ${JSON.stringify(encryption.alarm)}`);
		}
		const fresh = new Device(this.#server, this.#person, this.#entity, this.#chance);
		wrong.push(...this.ledger.judge(await this.#patiently(fresh, (page) => findBodies(page, this.#entity))));
		for (const device of [...this.#devices, fresh]) await device.leave();
		return wrong;
	}

	/** Tries once. That the server is not reached, or another device was first, is part of it; anything else is not. */
	async #attempt(device: Device, work: (page: VaultPage) => Promise<void>): Promise<boolean> {
		try {
			const page = await device.page();
			return (await page.run(() => work(page))) !== 'over';
		} catch (error) {
			if (!isPassing(error)) throw error;
			await this.#server.up();
			return false;
		}
	}

	/** Tries until it is done, on a page that is opened again and a line that is mended. */
	async #patiently<T>(device: Device, work: (page: VaultPage) => Promise<T>): Promise<T> {
		for (let tries = 0; ; tries++) {
			let given: { value: T } | undefined;
			await this.#attempt(device, async (page) => void (given = { value: await work(page) }));
			if (given) return given.value;
			if (tries > 200) throw new Error('it does not come to an end');
			await this.#server.up();
			device.online = true;
		}
	}
}

const VAULT_CODES: readonly string[] = ['keys/changed-elsewhere', 'keys/outcome-unknown', 'keys/locked'];

function isPassing(error: unknown): boolean {
	// As fetch rejects where the test itself asked.
	if (error instanceof TypeError) return error.message === 'fetch failed';
	// A page that learns of keys is locked.
	if (error instanceof DeviceError) return error.code === 'device/locked';
	if (error instanceof ApiError) return error.passing || error.code === 'record/stale-generation';
	if (error instanceof VaultError) return VAULT_CODES.includes(error.code);
	if (error instanceof CryptoError) return error.code === 'crypto/no-key';
	return error instanceof KeysError && (error.code === 'keys/locked' || error.code === 'keys/changed-elsewhere');
}
