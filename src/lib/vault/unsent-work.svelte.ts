import { SvelteMap } from 'svelte/reactivity';
import type { Change } from '../api/record.ts';

/** A change whose push got no answer: it may or may not have reached the server. */
export interface UnsentChange {
	entity: string;
	change: Change;
	/** Earlier tries with another text: one of them may be what the server has. */
	earlier: readonly Change[];
}

/**
 * Work that would be lost if the page went away now: changes on their way, changes that got no answer, and drafts
 * that forms hold. The page's leaving is warned about while `count` is not zero.
 */
export class UnsentWork {
	readonly #unanswered = new SvelteMap<string, UnsentChange>();
	#held = $state(0);
	/** By record id: what was sent again behind a draft's back, the revision it was based on and the one it made. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #landed = new Map<string, { base: string; rev: string }>();

	/** Changes that got no answer, by record id, oldest first. */
	get changes(): ReadonlyMap<string, UnsentChange> {
		return this.#unanswered;
	}

	get count(): number {
		return this.#unanswered.size + this.#held;
	}

	/** Says that something unsaved exists (a dirty form, a push under way); call what it gives when that is over. */
	hold(): () => void {
		this.#held++;
		let held = true;
		return () => {
			if (held) this.#held--;
			held = false;
		};
	}

	keep(entity: string, changes: readonly Change[]): void {
		for (const change of changes) {
			const before = this.#unanswered.get(change.id);
			const other = before && before.change.change !== change.change;
			const earlier = other ? [...before.earlier, before.change] : (before?.earlier ?? []);
			this.#unanswered.set(change.id, { entity, change, earlier });
		}
	}

	drop(ids: Iterable<string>): void {
		for (const id of ids) this.#unanswered.delete(id);
	}

	/** Notes that a waiting change arrived after all, as that revision. */
	landed(change: Change, rev: string): void {
		this.#landed.set(change.id, { base: change.base, rev });
	}

	/**
	 * The revision that a draft of this record really stands on: its own earlier try may have been sent again meanwhile,
	 * and is then no other device's doing.
	 */
	baseOf(id: string, base: string): string {
		const landed = this.#landed.get(id);
		return landed?.base === base ? landed.rev : base;
	}

	/** Forgets every change (sign-out); forms let go of their own holds. */
	clear(): void {
		this.#unanswered.clear();
		this.#landed.clear();
	}
}
