import { createHash } from 'node:crypto';
import { refuse } from '../http/refusal.ts';
import { BoundedMap } from '../limits/bounded-map.ts';
import type { Backend, Person } from './backend.ts';
import { openProviders } from './providers.ts';
import { readPerson } from './verify-token.ts';

/** How long an answer about a token is believed, in milliseconds; the database itself checks the session in every query. */
const BELIEVED = 30_000;

/** Supabase, hosted or self-hosted, reached over the network with its publishable key. */
export function openSupabase(url: string, publishableKey: string): Backend {
	const believed = new BoundedMap<{ person: Person | null; until: number }>(10_000);
	const fetchThere: Backend['fetch'] = (path, init) => fetch(`${url}${path}`, init);

	/** Only Auth's own no is one: where it cannot be asked, nobody is signed out for it. */
	async function ask(person: Person): Promise<Person | null> {
		const headers = { apikey: publishableKey, authorization: `Bearer ${person.token}` };
		const answer = await fetchThere('/auth/v1/user', { headers }).catch(() => undefined);
		if (answer?.status === 401 || answer?.status === 403) return null;
		const user = answer?.ok
			? ((await answer.json().catch(() => undefined)) as { id?: unknown } | undefined)
			: undefined;
		if (!user) throw refuse('server/unavailable', { headers: { 'retry-after': '2' } });
		return user.id === person.id ? person : null;
	}

	const keyOf = (token: string) => createHash('sha256').update(token).digest('base64url');
	const known = (token: string) => {
		const before = believed.get(keyOf(token));
		return before && before.until > Date.now() ? before : undefined;
	};

	return {
		kind: 'supabase',
		publicUrl: url,
		publishableKey,
		fetch: fetchThere,
		async call(person, name, each) {
			const headers = {
				apikey: publishableKey,
				authorization: `Bearer ${person.token}`,
				'content-type': 'application/json'
			};
			const texts: string[] = [];
			for (const args of each) {
				const answer = await fetchThere(`/rest/v1/rpc/${name}`, {
					method: 'POST',
					headers,
					body: JSON.stringify(args)
				});
				const text = await answer.text();
				if (!answer.ok) return { code: codeOf(text) || `HTTP ${answer.status}` };
				texts.push(text || 'null');
			}
			return { texts };
		},
		async identify(token) {
			const named = readPerson(token);
			if (!named) return null;
			const before = known(token);
			if (before) return before.person;
			const person = await ask(named);
			believed.set(keyOf(token), { person, until: Date.now() + BELIEVED });
			return person;
		},
		mustAsk: (token) => readPerson(token) !== null && !known(token),
		providers: openProviders(() => fetchThere('/auth/v1/settings', { headers: { apikey: publishableKey } })),
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
