import { DeedForm } from '$lib/ui/deed-form.svelte.ts';
import type { EncryptionTrouble } from '$lib/vault/encryption-sentence.ts';
import { ApiError } from '$lib/sync/api-error.ts';
import { stepTrouble } from '$lib/vault/second-step/step-trouble.ts';

/** A form that takes a code; after too many wrong ones it counts down to when one is taken again. */
export class StepFormState extends DeedForm<'code', EncryptionTrouble> {
	/** Whole seconds until a code is taken again. */
	left = $state(0);
	#until = 0;

	constructor() {
		super({ 'two-factor/wrong-code': 'code', 'two-factor/used-code': 'code' }, (error) => {
			if (error instanceof ApiError && error.status === 429) this.waitFor((error.retryAfter ?? 60_000) / 1000);
			const trouble = stepTrouble(error);
			return { trouble, sentence: trouble.sentence };
		});
	}

	/** Takes no code for so many seconds. */
	waitFor(seconds: number): void {
		this.#until = Date.now() + seconds * 1000;
		this.left = Math.ceil(seconds);
	}

	/** Looks at the clock; to be called every second while there is something left. */
	tick(): void {
		this.left = Math.max(0, Math.ceil((this.#until - Date.now()) / 1000));
		if (this.left === 0) this.clear();
	}
}
