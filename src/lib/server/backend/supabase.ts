import { createHash } from 'node:crypto';
import type { Backend, Person } from './backend.ts';
import { readClaims } from './verify-token.ts';

/** How long an answer about a token is believed, in milliseconds; the database itself checks the session in every query. */
const BELIEVED = 30_000;

/** Supabase, hosted or self-hosted, reached over the network with its publishable key. */
export function openSupabase(url: string, publishableKey: string): Backend {
	const known = new Map<string, { person: Person | null; until: number }>();
	const fetchThere: Backend['fetch'] = (path, init) => fetch(`${url}${path}`, init);

	async function ask(token: string): Promise<Person | null> {
		const answer = await fetchThere('/auth/v1/user', {
			headers: { apikey: publishableKey, authorization: `Bearer ${token}` }
		});
		if (!answer.ok) return null;
		const { id } = (await answer.json()) as { id?: unknown };
		const session = readClaims(token)?.session_id;
		return typeof id === 'string' && typeof session === 'string' ? { id, session, token } : null;
	}

	return {
		kind: 'supabase',
		publicUrl: url,
		publishableKey,
		fetch: fetchThere,
		async call(person, name, args) {
			const headers = {
				apikey: publishableKey,
				authorization: `Bearer ${person.token}`,
				'content-type': 'application/json'
			};
			const answer = await fetchThere(`/rest/v1/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(args) });
			const text = await answer.text();
			return answer.ok ? { text: text || 'null' } : { code: codeOf(text) || `HTTP ${answer.status}` };
		},
		async identify(token) {
			const key = createHash('sha256').update(token).digest('base64url');
			const now = Date.now();
			const before = known.get(key);
			if (before && before.until > now) return before.person;
			const person = await ask(token);
			if (known.size >= 10_000) known.clear();
			known.set(key, { person, until: now + BELIEVED });
			return person;
		},
		close: () => Promise.resolve()
	};
}

function codeOf(text: string): string {
	try {
		const { code } = JSON.parse(text) as { code?: unknown };
		return typeof code === 'string' ? code : '';
	} catch {
		return '';
	}
}
