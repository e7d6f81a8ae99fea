import { DeedForm } from '$lib/ui/deed-form.svelte.ts';
import { encryptionTrouble } from '$lib/vault/encryption-sentence.ts';
import type { EncryptionTrouble } from '$lib/vault/encryption-sentence.ts';

/**
 * A form that does something with the keys.
 * @typeParam Field the names of the fields
 */
export class KeyForm<Field extends string> extends DeedForm<Field, EncryptionTrouble> {
	/** @param fieldOf which field a code belongs to; the others belong to the form */
	constructor(fieldOf: Readonly<Partial<Record<string, Field>>> = {}) {
		super(fieldOf, readTrouble);
	}
}

function readTrouble(error: unknown): { trouble: EncryptionTrouble; sentence: () => string } {
	const trouble = encryptionTrouble(error);
	if (trouble.sentence === encryptionTrouble(null).sentence) console.error(error);
	return { trouble, sentence: trouble.sentence };
}
