/** A refusal of the vault itself; `code` is stable, the person's sentence lives with the screen. */
export class VaultError extends Error {
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.name = 'VaultError';
		this.code = code;
	}
}
