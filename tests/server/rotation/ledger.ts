/**
 * What the person wrote, and what must be readable in the end. Knows nothing of the app's keys, merging or envelopes: it
 * keeps what was typed, and judges by that alone.
 */

/** What is in a body, as far as the ledger looks into it. */
export interface Values {
	[field: string]: unknown;
}

/** A body as it was found in the end: what is in it, or why it does not open. */
export type Found = { id: string; rev: string; isNewest: boolean } & ({ values: Values } | { why: string });

/** One save: a field of its own with a text of its own. `cut`: the page was closed over it. */
export interface Edit {
	mark: string;
	record: string;
	fate: 'done' | 'cut' | 'gone';
}

export class Ledger {
	/** Bodies, earlier ones too, as they were before the keys turned: by record and revision. */
	readonly before = new Map<string, Values>();
	/** What was saved while they turned. */
	readonly edits: Edit[] = [];

	/** Notes a body that is there. */
	note(id: string, rev: number, values: Values): void {
		this.before.set(`${id} ${rev}`, values);
	}

	/** A new edit, of a record that is there or of a new one. */
	begin(record: string): Edit {
		const edit: Edit = { mark: `edit-${this.edits.length}`, record, fate: 'cut' };
		this.edits.push(edit);
		return edit;
	}

	/** What an edit writes. */
	static textOf({ mark, record }: Edit): string {
		return `${mark} of ${record}`;
	}

	get kept(): number {
		return this.edits.filter(({ fate }) => fate === 'done').length;
	}

	/** What is wrong with what was found, as sentences. */
	judge(found: readonly Found[]): string[] {
		const wrong: string[] = [];
		const [bodies, newest] = [new Map<string, Values>(), new Map<string, Values>()];
		for (const one of found) {
			if ('why' in one) wrong.push(`${one.id} ${one.rev} is not readable: ${one.why}`);
			else {
				bodies.set(`${one.id} ${one.rev}`, one.values);
				if (one.isNewest) newest.set(one.id, one.values);
			}
		}
		for (const [place, values] of this.before) {
			const now = bodies.get(place);
			if (!now) wrong.push(`${place} is lost`);
			else if (JSON.stringify(now) !== JSON.stringify(values)) wrong.push(`${place} says something else`);
		}
		for (const edit of this.edits) {
			const now = newest.get(edit.record)?.[edit.mark];
			if (edit.fate === 'done' && now !== Ledger.textOf(edit)) wrong.push(`${edit.mark} is lost`);
			if (edit.fate === 'gone' && now !== undefined) wrong.push(`${edit.mark} came from nowhere`);
		}
		const known = new Set(
			[...this.before.keys(), ...this.edits.map(({ record }) => record)].map((key) => key.split(' ')[0])
		);
		for (const id of newest.keys()) if (!known.has(id)) wrong.push(`${id} was never made`);
		return wrong;
	}
}
