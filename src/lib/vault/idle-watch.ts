/** Two clocks read at one moment, in milliseconds. */
export interface Moment {
	/** The wall's: it can be set, forwards and backwards. */
	readonly wall: number;
	/** The page's: nobody sets it, and it may stand still while the device sleeps. */
	readonly page: number;
}

/** The clocks of this page. */
export function readClocks(): Moment {
	return { wall: Date.now(), page: performance.now() };
}

/**
 * Milliseconds that may have passed between two moments: whichever clock says more. A wall clock that was set back by
 * an hour says as much as one that was set forward: neither gives anybody an hour more.
 */
export function passedBetween(before: Moment, after: Moment): number {
	return Math.max(Math.abs(after.wall - before.wall), after.page - before.page);
}

/**
 * Whether a vault that nobody uses is due to be locked. By clocks, never by a timer: a sleeping device or a page in the
 * background runs no timers, and is due all the same when it wakes. Once due it stays due, whatever is touched then.
 */
export class IdleWatch {
	readonly #read: () => Moment;
	#minutes: number;
	#touched: Moment;
	#due = false;

	/** @param minutes without use until it is due */
	constructor(minutes: number, read: () => Moment = readClocks) {
		this.#minutes = minutes;
		this.#read = read;
		this.#touched = read();
	}

	/** Another choice counts from the last use on. */
	set minutes(minutes: number) {
		this.#minutes = minutes;
	}

	get due(): boolean {
		this.#due ||= passedBetween(this.#touched, this.#read()) >= this.#minutes * 60_000;
		return this.#due;
	}

	/** Somebody uses the vault, here or in another tab. The touch that wakes a device comes too late to keep it open. */
	touch(): void {
		if (!this.due) this.#touched = this.#read();
	}
}
