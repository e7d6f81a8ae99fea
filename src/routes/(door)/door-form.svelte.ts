import { DoorError } from '$lib/vault/session/door-error.ts';
import type { DoorErrorCode } from '$lib/vault/session/door-error.ts';
import { doorSentence } from '$lib/vault/session/door-sentence.ts';
import { tick } from 'svelte';

/**
 * A form at the door: runs its one deed, keeps what was typed, and sorts what went wrong to the field it belongs to.
 * @typeParam Field the names of the fields
 */
export class DoorForm<Field extends string> {
	#busy = $state(false);
	#trouble = $state.raw<DoorError | null>(null);
	#wrong = $state.raw<Partial<Record<Field, () => string>>>({});
	readonly #fieldOf: Partial<Record<DoorErrorCode, Field>>;

	/** @param fieldOf which field a code belongs to; the others belong to the form */
	constructor(fieldOf: Partial<Record<DoorErrorCode, Field>>) {
		this.#fieldOf = fieldOf;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** What went wrong and belongs to no field. */
	get trouble(): DoorError | null {
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

	/** Says what is wrong with a field, by a code of the door or a sentence. */
	refuse(field: Field, why: DoorErrorCode | (() => string)): void {
		this.#wrong = { ...this.#wrong, [field]: typeof why === 'string' ? () => doorSentence(why) : why };
	}

	/**
	 * Does the deed unless a field was refused since `clear`, and moves the focus to the first field that is wrong.
	 * @returns whether it was done
	 */
	async run(form: HTMLFormElement, deed: () => Promise<unknown>): Promise<boolean> {
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
		form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		return false;
	}

	#tell(error: unknown): void {
		const known = error instanceof DoorError ? error : new DoorError('door/unexpected');
		if (known !== error) console.error(error);
		const field = this.#fieldOf[known.code];
		if (field) this.refuse(field, known.code);
		else this.#trouble = known;
	}
}
