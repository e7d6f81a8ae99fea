/** Something that says it may be worth a look now; gives what ends it. A broadcast of the server's would be another. */
export type WakeSource = (wake: () => void) => () => void;

export interface LoopOptions {
	/** One pass that begins now, or after the one under way (see OneAtATime); where it failed it is tried again in any case. */
	sync(): Promise<void>;
	wakes: readonly WakeSource[];
	/** Whether somebody looks at the page: only then is it polled. */
	visible(): boolean;
	/** Calls `work` once after `ms`; gives what takes it back. */
	later?(work: () => void, ms: number): () => void;
	chance?(): number;
}

/** How often a page that is looked at asks by itself, and the longest wait after failures, in milliseconds. */
export const EVERY = 60_000;
const FIRST_RETRY = 2_000;

/**
 * Keeps in step with the server: a pass at once, when something wakes it, every minute while the page is looked at, and
 * after a failure with growing waits.
 */
export class SyncLoop {
	readonly #options: LoopOptions;
	readonly #ends: (() => void)[];
	/** The last pass that was asked for. */
	#pass: Promise<void> | null = null;
	#stopped = false;
	#failures = 0;
	#cancel: () => void = () => undefined;

	constructor(options: LoopOptions) {
		this.#options = options;
		this.#ends = options.wakes.map((source) => source(() => this.#wake()));
		this.#wake();
	}

	/** Begins no more passes; the one under way goes to its end. */
	stop(): void {
		this.#stopped = true;
		this.#cancel();
		this.#ends.forEach((end) => end());
	}

	#wake(): void {
		if (this.#stopped) return;
		this.#cancel();
		const pass = this.#options.sync();
		// It waits for one that was asked for already.
		if (pass === this.#pass) return;
		this.#pass = pass;
		pass.then(
			() => this.#ended(pass, 0),
			() => this.#ended(pass, this.#failures + 1)
		);
	}

	#ended(pass: Promise<void>, failures: number): void {
		this.#failures = failures;
		if (this.#stopped || pass !== this.#pass) return;
		const wait = failures === 0 ? EVERY : this.#retryAfter();
		this.#cancel = (this.#options.later ?? later)(() => this.#poll(), wait);
	}

	/** A page that nobody looks at waits until it is looked at again, which wakes it. */
	#poll(): void {
		if (this.#options.visible()) this.#wake();
	}

	/** 2 s doubling to at most a minute, with up to a quarter taken off by chance. */
	#retryAfter(): number {
		const longest = Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), EVERY);
		return Math.round(longest * (1 - (this.#options.chance ?? Math.random)() / 4));
	}
}

function later(work: () => void, ms: number): () => void {
	const timer = setTimeout(work, ms);
	return () => clearTimeout(timer);
}
