import { ApiError } from './api-error.ts';

/** `offline`: the server was not reached. `trouble`: it was, or the device, and something went wrong. */
export type LoopState = 'idle' | 'syncing' | 'offline' | 'trouble';

/** Something that says it may be worth a look now; gives what ends it. A broadcast of the server's would be another. */
export type WakeSource = (wake: () => void) => () => void;

export interface LoopOptions {
	/** One pass. Its error tells how it went; it is tried again in any case. */
	sync(signal: AbortSignal): Promise<void>;
	wakes: readonly WakeSource[];
	/** Whether somebody looks at the page: only then is it polled. */
	visible(): boolean;
	onState?(state: LoopState, error?: unknown): void;
	/** Calls `work` once after `ms`; gives what takes it back. */
	later?(work: () => void, ms: number): () => void;
	chance?(): number;
}

/** How often a page that is looked at asks by itself, in milliseconds. */
export const EVERY = 60_000;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 300_000;

/**
 * Keeps an entity in step with the server: a pass when something wakes it, every minute while the page is looked at, and
 * after a failure with growing waits. One pass at a time; what wakes it during one makes another follow.
 */
export class SyncLoop {
	readonly #options: LoopOptions;
	readonly #ending = new AbortController();
	readonly #ends: (() => void)[];
	#running: Promise<void> | null = null;
	#following: Promise<void> | null = null;
	#failures = 0;
	#cancel: () => void = () => undefined;

	constructor(options: LoopOptions) {
		this.#options = options;
		this.#ends = options.wakes.map((source) => source(() => void this.now()));
		void this.now();
	}

	/** A pass that begins after this call; resolves when it is over, however it went. */
	now(): Promise<void> {
		if (this.#ending.signal.aborted) return Promise.resolve();
		if (!this.#running) {
			this.#running = this.#pass().finally(() => (this.#running = null));
			return this.#running;
		}
		this.#following ??= this.#running.then(() => {
			this.#following = null;
			return this.now();
		});
		return this.#following;
	}

	/** Ends it, with the pass under way. */
	stop(): void {
		this.#cancel();
		this.#ends.forEach((end) => end());
		this.#ending.abort(new DOMException('The loop was stopped.', 'AbortError'));
	}

	async #pass(): Promise<void> {
		this.#cancel();
		this.#options.onState?.('syncing');
		let failure: unknown = null;
		try {
			await this.#options.sync(this.#ending.signal);
			this.#failures = 0;
		} catch (error) {
			failure = error ?? new Error('unknown');
			this.#failures++;
		}
		if (this.#ending.signal.aborted) return;
		if (failure === null) this.#options.onState?.('idle');
		else this.#options.onState?.(failure instanceof ApiError && failure.status === 0 ? 'offline' : 'trouble', failure);
		this.#cancel = (this.#options.later ?? later)(() => this.#tick(), failure === null ? EVERY : this.#retryAfter());
	}

	/** A page that nobody looks at waits until it is looked at again, which wakes it. */
	#tick(): void {
		if (this.#options.visible()) void this.now();
	}

	/** 2 s doubling to at most 5 min, with up to a quarter taken off by chance. */
	#retryAfter(): number {
		const longest = Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LONGEST_RETRY);
		return Math.round(longest * (1 - (this.#options.chance ?? Math.random)() / 4));
	}
}

function later(work: () => void, ms: number): () => void {
	const timer = setTimeout(work, ms);
	return () => clearTimeout(timer);
}
