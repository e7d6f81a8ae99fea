import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { askBackend, tidy } from './pass-on.ts';
import { readForm } from './read-form.ts';
import type { Visit } from './visit.ts';

/**
 * Gives new tokens for a refresh token, which is used up by it. Each token is counted for itself, the address only for
 * those that do not hold; once there were too many of them it is told to come again (503, which clients do), so that
 * nobody at that address is signed out by another's failures.
 */
export async function refresh(visit: Visit): Promise<Response> {
	const form = await readForm(visit, v.object({ refresh_token: v.pipe(v.string(), v.maxLength(200)) }));
	if (!form) return refuseAuth('validation_failed');
	const { meter } = visit.server;
	const address = `address:${visit.prefix}`;
	const full = await meter.wait('badTokens', address);
	if (full > 0) return refuseAuth('request_timeout', full);
	const digest = createHash('sha256').update(form.refresh_token).digest('base64url');
	const wait = await meter.spend('read', `refresh:${digest}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const { refreshTags } = visit.server.gate;
	// One whose tag is not ours is asked for as one that is not there.
	const own = JSON.stringify({ refresh_token: refreshTags.open(form.refresh_token) ?? 'none' });
	const answer = await askBackend(visit, '/auth/v1/token?grant_type=refresh_token', own);
	if (answer.ok) return tidy(answer, refreshTags.tagIn(await answer.text()));
	await meter.spend('badTokens', address);
	return tidy(answer);
}
