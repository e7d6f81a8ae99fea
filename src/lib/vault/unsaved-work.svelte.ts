import { SvelteSet } from 'svelte/reactivity';

/**
 * What would be gone if the page went away now: something typed or under way that is not on this device's disk. The
 * page's leaving is warned about while `count` is not zero.
 */
export class UnsavedWork {
	readonly #held = new SvelteSet<symbol>();

	get count(): number {
		return this.#held.size;
	}

	/** Says that something unsaved exists; call what it gives when that is over. */
	hold(): () => void {
		const held = Symbol('held');
		this.#held.add(held);
		return () => void this.#held.delete(held);
	}

	/** Forgets everything: another person's page begins. */
	clear(): void {
		this.#held.clear();
	}
}
