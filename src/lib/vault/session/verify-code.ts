import type { AuthResponse, EmailOtpType, GoTrueClient } from '@supabase/auth-js';
import { orThrow } from './as-door-error.ts';
import { bareCode } from './bare-code.ts';
import { DoorError } from './door-error.ts';

/**
 * Shows the server a mailed code.
 * @param code as it was typed
 * @throws DoorError `door/wrong-code` for one that is wrong, spent, too old, or too short to be one
 */
export async function verifyCode(
	client: GoTrueClient,
	email: string,
	code: string,
	type: EmailOtpType
): Promise<AuthResponse['data']> {
	const answer = await client.verifyOtp({ email: email.trim(), token: bareCode(code), type });
	if (answer.error?.code === 'validation_failed') throw new DoorError('door/wrong-code');
	return orThrow(answer).data;
}
