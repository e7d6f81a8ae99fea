import { randomUUID } from 'node:crypto';
import type { Letters } from '../mail/letters.ts';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie } from './claim-cookie.ts';
import { countLetter, writeLetter } from './sign-up-letter.ts';
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
	const wait = await countLetter(visit, email);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const added = await visit.server.gate.pending.add(email, password);
	if (!added) return refuseAuth('over_request_rate_limit', 60);
	await writeLetter(visit, letters, email, added.code);
	const now = new Date().toISOString();
	// As Supabase Auth answers a sign-up that waits; the id is nobody's.
	const user = { id: randomUUID(), aud: 'authenticated', role: '', email, phone: '', identities: [] };
	const rest = { app_metadata: {}, user_metadata: {}, confirmation_sent_at: now, created_at: now, updated_at: now };
	const headers = { 'cache-control': 'no-store', 'set-cookie': claimCookie('arca-sign-up', added.claim, visit) };
	return Response.json({ ...user, ...rest }, { headers });
}
