import { tick } from 'svelte';
import { encryptionTrouble } from '$lib/vault/encryption-sentence.ts';
import type { EncryptionTrouble } from '$lib/vault/encryption-sentence.ts';

/**
 * A form that does something with the keys: runs its one deed, keeps what was typed, and puts what went wrong beside
 * the field it belongs to.
 * @typeParam Field the names of the fields
 */
export class KeyForm<Field extends string> {
	#busy = $state(false);
	#trouble = $state.raw<EncryptionTrouble | null>(null);
	#wrong = $state.raw<Partial<Record<Field, () => string>>>({});
	readonly #fieldOf: Readonly<Record<string, Field>>;

	/** @param fieldOf which field a code belongs to; the others belong to the form */
	constructor(fieldOf: Readonly<Record<string, Field>> = {}) {
		this.#fieldOf = fieldOf;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** What went wrong and belongs to no field. */
	get trouble(): EncryptionTrouble | null {
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
		const trouble = encryptionTrouble(error);
		if (trouble.sentence === encryptionTrouble(null).sentence) console.error(error);
		const field = this.#fieldOf[trouble.code];
		if (field) this.refuse(field, trouble.sentence);
		else this.#trouble = trouble;
	}
}
