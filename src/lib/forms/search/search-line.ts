import type { SearchAnswer, SearchRequest } from './search-desk.ts';

export interface SearchCall {
	number: number;
	request: SearchRequest;
}
export interface SearchReply {
	number: number;
	answer: SearchAnswer;
}

/** The part of a Worker that is used; a test may put something else in its place. */
export interface SearchPort {
	postMessage(call: SearchCall): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<SearchReply>) => void): void;
	addEventListener(type: 'error', listener: () => void): void;
	terminate(): void;
}

interface Waiting {
	resolve: (answer: SearchAnswer) => void;
	reject: (error: Error) => void;
}

/** The page's side of the worker that searches. The worker is started by the first question. */
export class SearchLine {
	readonly #start: () => SearchPort;
	readonly #waiting = new Map<number, Waiting>();
	#port: SearchPort | null = null;
	#number = 0;
	#ended = 0;

	constructor(start: () => SearchPort) {
		this.#start = start;
	}

	/** How many workers have been ended: another number, another worker, which was told nothing yet. */
	get ended(): number {
		return this.#ended;
	}

	/** Asks the worker. Rejects where it failed or was ended: it knows nothing any more then. */
	ask(request: SearchRequest): Promise<SearchAnswer> {
		const port = (this.#port ??= this.#open());
		const number = (this.#number += 1);
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject });
			port.postMessage({ number, request });
		});
	}

	/** Ends the worker and with it all it knew. */
	end(): void {
		this.#port?.terminate();
		this.#port = null;
		this.#ended += 1;
		for (const { reject } of this.#waiting.values()) reject(new Error('the search worker was ended'));
		this.#waiting.clear();
	}

	#open(): SearchPort {
		const port = this.#start();
		port.addEventListener('message', ({ data }) => {
			this.#waiting.get(data.number)?.resolve(data.answer);
			this.#waiting.delete(data.number);
		});
		port.addEventListener('error', () => this.end());
		return port;
	}
}
