import type { Chance } from './chance.ts';
import type { Counts } from './stage.ts';

/** A bad line: requests and answers get lost, come late, come twice and out of order. */
export class Wire {
	online = true;
	/** How often each of the misfortunes happens; 0 makes it a good line. */
	trouble = 0.12;
	/** Sees every body before it leaves. */
	watch: (body: string) => void = () => undefined;
	readonly #chance: Chance;
	readonly #counts: Counts;
	readonly #late = new Set<Promise<unknown>>();

	constructor(chance: Chance, counts: Counts) {
		this.#chance = chance;
		this.#counts = counts;
	}

	async fetch(url: string, init?: RequestInit): Promise<Response> {
		if (!this.online) throw new TypeError('offline');
		const [lostRequest, lostAnswer, late, twice] = [0, 0, 0, 0].map(() => this.#chance.happens(this.trouble));
		if (lostRequest) {
			this.#counts.lostRequests++;
			throw new TypeError('the request was lost');
		}
		if (typeof init?.body === 'string') this.watch(init.body);
		if (late) await this.#delay();
		const sent = fetch(url, init);
		if (twice) this.#repeat(url, init);
		const answer = await sent;
		const text = await answer.text();
		this.#counts.stale += text.split('"stale-generation"').length - 1;
		if (lostAnswer) {
			this.#counts.lostAnswers++;
			throw new TypeError('the answer was lost');
		}
		return new Response(text === '' ? null : text, { status: answer.status, headers: answer.headers });
	}

	/** When all that is still under way has arrived. */
	async rest(): Promise<void> {
		await Promise.allSettled(this.#late);
	}

	/** The same request once more, later, perhaps behind others; nobody waits for its answer. */
	#repeat(url: string, init?: RequestInit): void {
		this.#counts.repeated++;
		const again = this.#delay()
			.then(() => fetch(url, { ...init, signal: null }))
			.then((answer) => answer.text())
			.catch(() => undefined)
			.finally(() => this.#late.delete(again));
		this.#late.add(again);
	}

	#delay(): Promise<void> {
		this.#counts.delayed++;
		return new Promise((resolve) => setTimeout(resolve, this.#chance.below(40)));
	}
}
