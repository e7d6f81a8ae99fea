import { DeedForm } from '$lib/ui/deed-form.svelte.ts';
import { DoorError } from '$lib/vault/session/door-error.ts';
import type { DoorErrorCode } from '$lib/vault/session/door-error.ts';
import { doorSentence } from '$lib/vault/session/door-sentence.ts';

/**
 * A form at the door.
 * @typeParam Field the names of the fields
 */
export class DoorForm<Field extends string> extends DeedForm<Field, DoorError> {
	/** @param fieldOf which field a code belongs to; the others belong to the form */
	constructor(fieldOf: Partial<Record<DoorErrorCode, Field>>) {
		super(fieldOf, readDoorError);
	}

	/** Says what is wrong with a field, by a code of the door or a sentence. */
	override refuse(field: Field, why: DoorErrorCode | (() => string)): void {
		super.refuse(field, typeof why === 'string' ? () => doorSentence(why) : why);
	}
}

function readDoorError(error: unknown): { trouble: DoorError; sentence: () => string } {
	const trouble = error instanceof DoorError ? error : new DoorError('door/unexpected');
	if (trouble !== error) console.error(error);
	return { trouble, sentence: () => doorSentence(trouble.code) };
}
