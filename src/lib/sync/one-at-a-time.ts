/** Runs work one after another: what asks while it is under way shares one more run, which begins after it. */
export class OneAtATime {
	readonly #work: () => Promise<void>;
	#running: Promise<void> | null = null;
	#next: Promise<void> | null = null;

	constructor(work: () => Promise<void>) {
		this.#work = work;
	}

	/**
	 * A run that begins after this call: one that is under way may have missed what made somebody ask. Whoever shares a
	 * run is given the same promise, which rejects as the work does.
	 */
	run(): Promise<void> {
		if (!this.#running) return this.#begin();
		this.#next ??= this.#running
			.catch(() => undefined)
			.then(() => {
				this.#next = null;
				return this.#begin();
			});
		return this.#next;
	}

	#begin(): Promise<void> {
		const running = this.#work().finally(() => {
			if (this.#running === running) this.#running = null;
		});
		this.#running = running;
		return running;
	}
}
