import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Letters } from '../mail/letters.ts';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { isSecure } from './open-account.ts';
import { emailSchema, readForm } from './read-form.ts';
import type { Visit } from './visit.ts';

/**
 * Takes a sign-up where mail is set up. Whether or not the address has an account, the same is done and answered; only
 * the mail differs, which its owner alone reads.
 */
export async function requestAccount(
	visit: Visit,
	letters: Letters,
	form: { email: string; password: string }
): Promise<Response> {
	const { email, password } = form;
	if (!mayMail(visit, email)) return refuseAuth('over_request_rate_limit', 3600);
	const { claim, code } = await visit.server.gate.pending.add(email, password);
	await write(visit, letters, email, code);
	const now = new Date().toISOString();
	// As Supabase Auth answers a sign-up that waits; the id is nobody's.
	const user = { id: randomUUID(), aud: 'authenticated', role: '', email, phone: '', identities: [] };
	const rest = { app_metadata: {}, user_metadata: {}, confirmation_sent_at: now, created_at: now, updated_at: now };
	const headers = { 'cache-control': 'no-store', 'set-cookie': claimCookie(claim, isSecure(visit)) };
	return Response.json({ ...user, ...rest }, { headers });
}

/** Mails another code for the sign-up that this browser waits for; the former one is worth nothing any more. */
export async function resendCode(visit: Visit): Promise<Response> {
	const { letters } = visit.accounts;
	if (!letters) return refuseAuth('not_found');
	const form = await readForm(visit, v.object({ email: emailSchema, type: v.literal('signup') }));
	if (!form) return refuseAuth('validation_failed');
	const { server, prefix, request } = visit;
	const wait = await server.meter.spend('highRisk', `resend:${form.email}|${prefix}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const claim = readClaim(request.headers.get('cookie'));
	if (claim !== undefined && server.gate.pending.holds(form.email, claim)) {
		if (!mayMail(visit, form.email)) return refuseAuth('over_request_rate_limit', 3600);
		await write(visit, letters, form.email, server.gate.pending.renew(form.email, claim) ?? '');
	}
	return Response.json({}, { headers: { 'cache-control': 'no-store' } });
}

/** Counts a mail to an address whose owner need not have asked for it. */
function mayMail({ server: { gate }, prefix, request }: Visit, email: string): boolean {
	const device = gate.devices.known(email, request.headers.get('cookie'));
	return gate.tries.issue(`signup:${email}`, { id: device ?? prefix, known: device !== undefined });
}

async function write({ accounts }: Visit, letters: Letters, email: string, code: string): Promise<void> {
	const taken = await accounts.hasAccount(email);
	if (email === accounts.decoy) return;
	if (taken) letters.accountExists(email);
	else letters.code(email, code);
}
