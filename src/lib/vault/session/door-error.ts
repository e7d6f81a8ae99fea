/** What can go wrong at the door; each code has one meaning and a sentence of its own in the messages. */
export type DoorErrorCode =
	| 'door/account-closed'
	| 'door/account-exists'
	| 'door/closed'
	| 'door/email'
	| 'door/email-taken'
	| 'door/fresh-step'
	| 'door/insecure'
	| 'door/not-confirmed'
	| 'door/offline'
	| 'door/password-is-email'
	| 'door/password-long'
	| 'door/password-short'
	| 'door/password-weak'
	| 'door/provider'
	| 'door/same-password'
	| 'door/second-step'
	| 'door/signed-out'
	| 'door/sign-up-over'
	| 'door/too-many'
	| 'door/unexpected'
	| 'door/wrong-code'
	| 'door/wrong-password'
	| 'door/wrong-sign-in';

/** Thrown by everything that has to do with signing in. */
export class DoorError extends Error {
	readonly code: DoorErrorCode;
	/** Seconds to wait before the next try, where the server said so. */
	readonly retryAfter: number | null;

	constructor(code: DoorErrorCode, retryAfter: number | null = null) {
		super(code);
		this.name = 'DoorError';
		this.code = code;
		this.retryAfter = retryAfter;
	}
}

/** Whether the server wants a second step first, or one of the last minutes. */
export function isStepAsked(error: unknown): boolean {
	return error instanceof DoorError && (error.code === 'door/second-step' || error.code === 'door/fresh-step');
}
