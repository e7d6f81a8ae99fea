import type { Chance } from '../campaign/chance.ts';
import type { Device } from './device.ts';
import type { MortalServer } from './mortal-server.ts';

/** What may befall a device while it turns keys. */
export const STRIKES = ['page', 'server', 'network', 'join'] as const;
export type StrikeKind = (typeof STRIKES)[number];
export type StrikeCounts = { [kind in StrikeKind]: number };

interface Means {
	/** What befalls it first. */
	first: StrikeKind;
	/** By which request of the device at the latest. */
	within: number;
	server: MortalServer;
	/** A second device begins. */
	join(): Promise<void>;
}

/** One to three strikes, each at a drawn request of a device. */
export class Strikes {
	readonly #chance: Chance;
	readonly #counts: StrikeCounts;
	readonly #means: Means;
	readonly #at = new Map<number, StrikeKind>();
	readonly #underWay: Promise<unknown>[] = [];

	constructor(chance: Chance, counts: StrikeCounts, means: Means) {
		[this.#chance, this.#counts, this.#means] = [chance, counts, means];
		const first = 1 + chance.below(means.within);
		this.#at.set(first, means.first);
		for (let more = chance.below(3); more > 0; more--) {
			const kind = chance.pick(STRIKES.filter((one) => one !== 'server')) ?? 'page';
			this.#at.set(first + 1 + chance.below(means.within), kind);
		}
	}

	befall(device: Device): void {
		let requests = 0;
		device.strike = (request) => {
			const kind = this.#at.get(++requests);
			if (!kind) return null;
			this.#counts[kind]++;
			return this.#strike(kind, device, request);
		};
	}

	/** When what was set off is over. */
	async rest(): Promise<void> {
		await Promise.all(this.#underWay);
	}

	async #strike(kind: StrikeKind, device: Device, request: () => Promise<Response>): Promise<Response> {
		const arrives = this.#chance.happens(0.5);
		switch (kind) {
			case 'page':
				if (device.life && arrives) device.life.fuse = 1 + this.#chance.below(4);
				else device.life?.end();
				return request();
			case 'server': {
				const answer = arrives ? await request() : null;
				this.#underWay.push(this.#means.server.kill());
				return answer ?? request();
			}
			case 'network':
				if (arrives) await request();
				device.online = false;
				throw new TypeError('the line was cut');
			case 'join':
				this.#underWay.push(this.#means.join());
				return request();
		}
	}
}
