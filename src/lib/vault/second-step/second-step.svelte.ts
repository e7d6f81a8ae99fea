/**
 * What the server waits for from whoever is signed in: their second step, because this session has not shown it (any more),
 * or once more because something may do harm for good. All is kept meanwhile: what was typed, what waits, what is read here.
 */
class SecondStep {
	#needed = $state<'no' | 'second' | 'fresh'>('no');
	#open = $state(false);
	#waiting: ((shown: boolean) => void)[] = [];

	/** `fresh`: one of the last minutes is asked for, though all else goes on. */
	get needed(): 'no' | 'second' | 'fresh' {
		return this.#needed;
	}

	/** Whether the person is to be asked now; not so where they put it off. */
	get open(): boolean {
		return this.#open;
	}

	/**
	 * The server said that it waits for it.
	 * @param careful whether somebody waits for the request that was refused: then this resolves once they answered
	 * @returns whether it was shown, so that the request may go again
	 */
	ask(code: string, careful: boolean): Promise<boolean> {
		const isNews = this.#needed === 'no';
		if (code === 'session/second-step') this.#needed = 'second';
		else if (isNews) this.#needed = 'fresh';
		if (isNews || careful) this.#open = true;
		if (!careful) return Promise.resolve(false);
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	/** It was shown, here or in another tab: what waited for it goes on. */
	shown(): void {
		this.#settle('no', true);
	}

	/** The server answers as it does to a session that has shown it. */
	reached(): void {
		if (this.#needed === 'second') this.shown();
	}

	/** Not now: what somebody waited for is refused, and what is kept here can be read. */
	putOff(): void {
		this.#settle(this.#needed === 'second' ? 'second' : 'no', false);
	}

	/** Asks again what was put off. */
	comeBack(): void {
		this.#open = this.#needed !== 'no';
	}

	#settle(needed: 'no' | 'second', shown: boolean): void {
		this.#needed = needed;
		this.#open = false;
		for (const answer of this.#waiting.splice(0)) answer(shown);
	}
}

export const secondStep = new SecondStep();
