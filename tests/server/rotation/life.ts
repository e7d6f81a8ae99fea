import type { Chance } from '../campaign/chance.ts';

/** What is awaited of a page that was closed. */
const never = new Promise<never>(() => undefined);

/**
 * A page's life: it may end at any await that goes through a gate. From then on nothing the page does reaches store or
 * network, and nothing it awaits comes back.
 */
export class Life {
	alive = true;
	/** How many more awaits it lives; 0: it is not to end. */
	fuse = 0;
	readonly over: Promise<'over'>;
	readonly #chance: Chance;
	readonly #running = new Set<Promise<unknown>>();
	#finish: () => void = () => undefined;

	constructor(chance: Chance) {
		this.#chance = chance;
		this.over = new Promise((resolve) => (this.#finish = () => resolve('over')));
	}

	end(): void {
		if (!this.alive) return;
		this.alive = false;
		this.#finish();
	}

	/** When what had begun is over, one way or the other. */
	async rest(): Promise<void> {
		await Promise.allSettled(this.#running);
	}

	/** One await: before it begins, or after it took effect, the page may be closed. */
	async gate<T>(work: () => Promise<T>): Promise<T> {
		if (!this.alive) return never;
		const ends = this.fuse > 0 && --this.fuse === 0;
		if (ends && this.#chance.happens(0.5)) {
			this.end();
			return never;
		}
		const running = work();
		this.#running.add(running);
		try {
			return await running;
		} finally {
			this.#running.delete(running);
			if (ends) this.end();
			if (!this.alive) await never;
		}
	}

	/** The same thing with every call of it gated, but for those named. */
	gated<T extends object>(thing: T, but: readonly (keyof T)[] = []): T {
		return new Proxy(thing, {
			get: (target, name) => {
				const member = Reflect.get(target, name) as unknown;
				if (typeof member !== 'function') return member;
				const call = (...given: unknown[]) => Reflect.apply(member, target, given) as Promise<unknown>;
				return but.includes(name as keyof T) ? call : (...given: unknown[]) => this.gate(() => call(...given));
			}
		});
	}
}
