import type { AuthError } from '@supabase/auth-js';
import { DoorError } from './door-error.ts';
import type { DoorErrorCode } from './door-error.ts';
import { retryAfter } from './retry-after.ts';

/** The sign-in server's codes (Supabase Auth, "Error codes") and ours. */
const codes = new Map<string | undefined, DoorErrorCode>(
	Object.entries({
		invalid_credentials: 'door/wrong-sign-in',
		email_not_confirmed: 'door/not-confirmed',
		user_already_exists: 'door/account-exists',
		email_exists: 'door/email-taken',
		email_address_invalid: 'door/email',
		email_address_not_authorized: 'door/email',
		weak_password: 'door/password-weak',
		same_password: 'door/same-password',
		otp_expired: 'door/wrong-code',
		flow_state_expired: 'door/sign-up-over',
		current_password_required: 'door/wrong-password',
		current_password_mismatch: 'door/wrong-password',
		current_password_invalid: 'door/wrong-password',
		validation_failed: 'door/email',
		signup_disabled: 'door/closed',
		email_provider_disabled: 'door/closed',
		over_request_rate_limit: 'door/too-many',
		over_email_send_rate_limit: 'door/too-many',
		bad_jwt: 'door/signed-out',
		no_authorization: 'door/signed-out',
		refresh_token_already_used: 'door/signed-out',
		refresh_token_not_found: 'door/signed-out',
		session_expired: 'door/signed-out',
		session_not_found: 'door/signed-out',
		insufficient_aal: 'door/second-step',
		fresh_step: 'door/fresh-step',
		user_banned: 'door/account-closed',
		user_not_found: 'door/signed-out'
	} as const)
);

/** What the library says went wrong, in our words. Its messages are not read, only its codes. */
export function asDoorError(error: Pick<AuthError, 'code' | 'status' | 'name'>): DoorError {
	if (error.status === 429) return new DoorError('door/too-many', retryAfter.seconds);
	const known = codes.get(error.code);
	if (known) return new DoorError(known);
	if (error.name === 'AuthSessionMissingError') return new DoorError('door/signed-out');
	if (error.name === 'AuthRetryableFetchError') return new DoorError('door/offline');
	return new DoorError('door/unexpected');
}

/** The same for a password that somebody who is signed in was asked for. */
export function asWrongPassword(error: Pick<AuthError, 'code' | 'status' | 'name'>): DoorError {
	const problem = asDoorError(error);
	return problem.code === 'door/wrong-sign-in' ? new DoorError('door/wrong-password') : problem;
}

/**
 * Whether the sign-in server itself refused to renew a session. A gateway's error, a page in between that is not the
 * server's, or no answer at all end nothing.
 */
export function endsSession(error: Pick<AuthError, 'code' | 'status' | 'name'>): boolean {
	if (asDoorError(error).code === 'door/signed-out') return true;
	return error.name === 'AuthApiError' && [400, 401, 403].includes(error.status ?? 0);
}

/** Gives the answer's data, or throws what went wrong as a DoorError. */
export function orThrow<T extends { error: AuthError | null }>(answer: T): T & { error: null } {
	if (answer.error) throw asDoorError(answer.error);
	return answer as T & { error: null };
}
