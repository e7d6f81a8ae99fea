/** What becomes true when the server has taken what was handed out to be put, by its ticket. */
export class Tickets {
	readonly #pending = new Map<number, () => void>();
	#last = 0;

	/** A ticket for what is handed out. */
	hand(taken: () => void): number {
		this.#pending.set((this.#last += 1), taken);
		return this.#last;
	}

	/** Says what became of it. A ticket is worth something once. */
	settle(ticket: number, taken: boolean): void {
		const then = this.#pending.get(ticket);
		this.#pending.delete(ticket);
		if (taken) then?.();
	}
}
