/** A revision as it was accepted, or as it is found. */
export interface Revision {
	id: string;
	/** From 1. */
	rev: number;
	/** What the record says, different in each change that anybody sends. */
	words: string;
}

/** What the server said it took of one entity, kept apart from whoever sent it. */
export class Ledger {
	readonly #accepted = new Map<string, string[]>();
	/** What cannot be, in words. */
	readonly wrong: string[] = [];

	/** Takes down an answer. A revision is accepted once. */
	accept({ id, rev, words }: Revision): void {
		const revisions = this.#accepted.get(id) ?? [];
		const before = revisions[rev - 1];
		if (before !== undefined && before !== words) this.wrong.push(`revision ${rev} of ${id} was accepted twice`);
		revisions[rev - 1] = words;
		this.#accepted.set(id, revisions);
	}

	get records(): number {
		return this.#accepted.size;
	}

	/**
	 * What is lost, doubled, altered or from nobody among what is found after all.
	 * @param found every record of the entity, as a device that begins from nothing pulls them
	 */
	compare(found: readonly Revision[]): string[] {
		const wrong = [...this.wrong];
		const seen = new Set<string>();
		for (const { id, rev, words } of found) {
			if (seen.has(id)) wrong.push(`${id} came twice`);
			seen.add(id);
			const revisions = this.#accepted.get(id);
			if (!revisions) wrong.push(`${id} was never accepted`);
			else if (revisions.length !== rev || revisions.at(-1) !== words)
				wrong.push(`${id} is at revision ${rev}, and ${revisions.length} were accepted`);
			if (revisions && Object.keys(revisions).length !== revisions.length)
				wrong.push(`revisions of ${id} are missing between`);
		}
		for (const id of this.#accepted.keys()) if (!seen.has(id)) wrong.push(`${id} is lost`);
		return wrong;
	}
}
