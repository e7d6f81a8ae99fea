import { PROBLEM_TYPE } from '../../api/problem.ts';

const refusals = {
	over_request_rate_limit: [429, 'access/limit', 'Too many attempts; wait a little'],
	validation_failed: [400, 'request/invalid', 'The request does not have the shape that is needed'],
	weak_password: [
		422,
		'account/weak-password',
		'The password is easy to guess, too short or too long: from 10 characters to 72 bytes'
	],
	user_banned: [403, 'account/closed', 'The account is closed'],
	email_not_confirmed: [400, 'account/not-confirmed', 'The e-mail address is not confirmed yet'],
	otp_expired: [403, 'account/wrong-code', 'The code is wrong, or too old'],
	flow_state_expired: [403, 'account/sign-up-over', 'This sign-up is over; start again'],
	current_password_required: [400, 'account/current-password', 'Show the current password first'],
	current_password_mismatch: [400, 'account/current-password', 'The current password is wrong'],
	request_timeout: [503, 'server/unavailable', 'The server cannot answer now'],
	insufficient_aal: [403, 'session/second-step', 'Show the second step first'],
	fresh_step: [403, 'session/fresh-step', 'Show the second step again first'],
	not_found: [404, 'request/not-found', 'There is nothing at this address']
} as const;

/**
 * A refusal in the words of Supabase Auth (`error_code`, `msg`), which its client understands, and as a problem
 * (RFC 9457) at once.
 * @param wait whole seconds until it is worth trying again.
 */
export function refuseAuth(code: keyof typeof refusals, wait?: number): Response {
	const [status, type, title] = refusals[code];
	const body = { type: `/problems/${type}`, title, status, code: status, error_code: code, msg: title };
	const headers = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
	return Response.json(body, { status, headers: wait ? { ...headers, 'retry-after': String(wait) } : headers });
}
