import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { askBackend, tidy } from './pass-on.ts';
import { readForm } from './read-form.ts';
import type { Visit } from './visit.ts';

/** Gives new tokens for a refresh token, which is used up by it. */
export async function refresh(visit: Visit): Promise<Response> {
	const form = await readForm(visit, v.object({ refresh_token: v.pipe(v.string(), v.maxLength(200)) }));
	if (!form) return refuseAuth('validation_failed');
	const wait = await visit.server.meter.spend('read', `refresh:${visit.prefix}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	return tidy(await askBackend(visit, '/auth/v1/token?grant_type=refresh_token', JSON.stringify(form)));
}
