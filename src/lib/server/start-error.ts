/** Why the server does not start: a sentence for whoever started it, shown without a stack. */
export class StartError extends Error {
	readonly code: `start/${string}`;

	constructor(code: `start/${string}`, message: string) {
		super(message);
		this.name = 'StartError';
		this.code = code;
	}
}
