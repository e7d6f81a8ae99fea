import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Change } from '../api/record.ts';
import type { SaveOutcome } from './save-outcome.ts';

/** A change whose push got no answer: it may or may not have reached the server. */
export interface UnsentChange {
	entity: string;
	change: Change;
	/** Earlier tries with another text: one of them may be what the server has. */
	earlier: readonly Change[];
}

/** A change that was sent again in the background and not taken: what it said is kept until the person decides. */
export interface TurnedAway {
	entity: string;
	change: Change;
	outcome: Extract<SaveOutcome, { status: 'conflict' | 'refused' }>;
}

/**
 * Work that would be lost if the page went away now: changes on their way, changes that got no answer or were turned
 * away, and drafts that forms hold. The page's leaving is warned about while `count` is not zero.
 */
export class UnsentWork {
	readonly #unanswered = new SvelteMap<string, UnsentChange>();
	readonly #turnedAway = new SvelteMap<string, TurnedAway>();
	readonly #held = new SvelteSet<symbol>();
	/** By record id: what was sent again behind a draft's back, the revision it was based on and the one it made. */
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #landed = new Map<string, { base: string; rev: string }>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #listeners = new Set<(id: string) => void>();

	/** Changes that got no answer, by record id, oldest first. */
	get changes(): ReadonlyMap<string, UnsentChange> {
		return this.#unanswered;
	}

	/** Changes that were sent again and not taken, by record id: each waits for the person's word. */
	get turnedAway(): ReadonlyMap<string, TurnedAway> {
		return this.#turnedAway;
	}

	get count(): number {
		return this.#unanswered.size + this.#turnedAway.size + this.#held.size;
	}

	/** Says that something unsaved exists (a dirty form, a push under way); call what it gives when that is over. */
	hold(): () => void {
		const held = Symbol('held');
		this.#held.add(held);
		return () => void this.#held.delete(held);
	}

	keep(entity: string, changes: readonly Change[]): void {
		for (const change of changes) {
			const before = this.#unanswered.get(change.id);
			const other = before && before.change.change !== change.change;
			const earlier = other ? [...before.earlier, before.change] : (before?.earlier ?? []);
			this.#unanswered.set(change.id, { entity, change, earlier });
			this.#turnedAway.delete(change.id);
		}
	}

	/** Lets go of changes that were answered, or that the person gave up. */
	drop(ids: Iterable<string>): void {
		for (const id of ids) {
			this.#unanswered.delete(id);
			this.#turnedAway.delete(id);
		}
	}

	/** Keeps a change that was sent again and not taken. */
	turnAway(entity: string, change: Change, outcome: TurnedAway['outcome']): void {
		this.#unanswered.delete(change.id);
		this.#turnedAway.set(change.id, { entity, change, outcome });
	}

	/** Lets go of a change that was turned away and that the person gives up; drafts of the same go as well. */
	giveUp(id: string): void {
		this.#turnedAway.delete(id);
		this.#tell(id);
	}

	/** Notes that a waiting change arrived after all, as that revision. */
	landed(change: Change, rev: string): void {
		this.#landed.set(change.id, { base: change.base, rev });
		this.#tell(change.id);
	}

	/** Calls `listener` with a record's id when what waited for it has landed or was given up. */
	whenSettled(listener: (id: string) => void): void {
		this.#listeners.add(listener);
	}

	/**
	 * The revision that a draft of this record really stands on: its own earlier try may have been sent again meanwhile,
	 * and is then no other device's doing.
	 */
	baseOf(id: string, base: string): string {
		const landed = this.#landed.get(id);
		return landed?.base === base ? landed.rev : base;
	}

	/** Forgets everything, drafts that are held included: another person's page begins. */
	clear(): void {
		this.#unanswered.clear();
		this.#turnedAway.clear();
		this.#held.clear();
		this.#landed.clear();
	}

	#tell(id: string): void {
		for (const listener of this.#listeners) listener(id);
	}
}
