import { tick } from 'svelte';

/**
 * A form with one deed: runs it, keeps what was typed, and puts what went wrong beside the field it belongs to.
 * @typeParam Field the names of the fields
 * @typeParam Trouble what an error is to a person: a code, and what else the screen shows of it
 */
export class DeedForm<Field extends string, Trouble extends { readonly code: string }> {
	#busy = $state(false);
	#trouble = $state.raw<Trouble | null>(null);
	#wrong = $state.raw<Partial<Record<Field, () => string>>>({});
	readonly #fieldOf: Readonly<Partial<Record<string, Field>>>;
	readonly #read: (error: unknown) => { trouble: Trouble; sentence: () => string };

	/**
	 * @param fieldOf which field a code belongs to; the others belong to the form
	 * @param read what an error is, and its sentence in the language of the moment
	 */
	constructor(
		fieldOf: Readonly<Partial<Record<string, Field>>>,
		read: (error: unknown) => { trouble: Trouble; sentence: () => string }
	) {
		this.#fieldOf = fieldOf;
		this.#read = read;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** What went wrong and belongs to no field. */
	get trouble(): Trouble | null {
		return this.#trouble;
	}

	/** The sentence beside a field, in the language of the moment. */
	wrong(field: Field): string | undefined {
		return this.#wrong[field]?.();
	}

	/** Begins a try: nothing is wrong yet. */
	clear(): void {
		this.#trouble = null;
		this.#wrong = {};
	}

	/** Says what is wrong with a field. */
	refuse(field: Field, why: () => string): void {
		this.#wrong = { ...this.#wrong, [field]: why };
	}

	/**
	 * Does the deed unless a field was refused since `clear`, and moves the focus to the first field that is wrong.
	 * @param place where that field is looked for
	 * @returns whether it was done
	 */
	async run(place: HTMLElement, deed: () => Promise<unknown>): Promise<boolean> {
		if (this.#busy) return false;
		if (Object.keys(this.#wrong).length === 0) {
			this.#busy = true;
			try {
				await deed();
				return true;
			} catch (error) {
				this.#tell(error);
			} finally {
				this.#busy = false;
			}
		}
		await tick();
		place.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		return false;
	}

	#tell(error: unknown): void {
		const { trouble, sentence } = this.#read(error);
		const field = this.#fieldOf[trouble.code];
		if (field) this.refuse(field, sentence);
		else this.#trouble = trouble;
	}
}
