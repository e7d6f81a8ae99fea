import { m } from '$messages';
import { DoorError } from './door-error.ts';
import type { DoorErrorCode } from './door-error.ts';
import { MINIMUM_PASSWORD } from './password-rule.ts';

const sentences: Record<DoorErrorCode, () => string> = {
	'door/account-exists': m.door_error_account_exists,
	'door/account-closed': m.door_error_account_closed,
	'door/closed': m.door_error_closed,
	'door/email': m.door_error_email,
	'door/email-taken': m.door_error_email_taken,
	'door/fresh-step': m.step_error_first,
	'door/insecure': m.door_error_insecure,
	'door/not-confirmed': m.door_error_not_confirmed,
	'door/offline': m.door_error_offline,
	'door/password-is-email': m.door_error_password_is_email,
	'door/password-long': m.door_error_password_long,
	'door/password-short': () => m.door_error_password_short({ count: MINIMUM_PASSWORD }),
	'door/password-weak': m.door_error_password_weak,
	'door/provider': m.door_error_provider,
	'door/same-password': m.door_error_same_password,
	'door/second-step': m.step_error_first,
	'door/signed-out': m.door_error_signed_out,
	'door/sign-up-over': m.door_error_sign_up_over,
	'door/too-many': m.door_error_too_many,
	'door/unexpected': m.door_error_unexpected,
	'door/wrong-code': m.door_error_wrong_code,
	'door/wrong-password': m.door_error_wrong_password,
	'door/wrong-sign-in': m.door_error_wrong_sign_in
};

/** What happened and what to do next, in the person's language. */
export function doorSentence(error: DoorError | DoorErrorCode): string {
	const code = error instanceof DoorError ? error.code : error;
	if (error instanceof DoorError && code === 'door/too-many' && error.retryAfter !== null) {
		const minutes = Math.ceil(error.retryAfter / 60);
		return minutes > 1
			? m.door_error_too_many_minutes({ count: minutes })
			: m.door_error_too_many_seconds({ count: error.retryAfter });
	}
	return sentences[code]();
}
