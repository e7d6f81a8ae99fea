import { randomInt } from 'node:crypto';

/** The front of a Supabase project's change of address. */
export interface EmailChange {
	/** Hears what the project mails. */
	note(to: string, code: string): void;
	/** Answers a request, of which all but these calls are the project's. */
	answer(request: Request): Promise<Response>;
}

interface Change {
	current: string;
	next: string;
	/** The code mailed to each of the two, and whether it was shown. */
	codes: Map<string, { code: string; shown: boolean }>;
}

/**
 * Plays GoTrue's secure change of address as it is documented (Supabase docs, "Secure email change"): each of the two
 * addresses is mailed a code of its own; the first that is shown is answered with 200 and a message without a session,
 * whichever it is, and the second changes the address and gives a session.
 * @param ask the project, which itself asks the new address alone.
 * @param deliver mails a code.
 */
export function createEmailChange(
	ask: (request: Request) => Promise<Response>,
	deliver: (to: string, code: string) => void
): EmailChange {
	const mailed = new Map<string, string>();
	const changes: Change[] = [];

	async function begin(request: Request, next: string): Promise<Response> {
		const headers = new Headers(request.headers);
		headers.delete('content-length');
		const user = await ask(new Request(request.url, { headers }));
		const { email: current } = (await user.json()) as { email: string };
		const answer = await ask(request);
		if (!answer.ok) return answer;
		const code = String(randomInt(10_000_000_000)).padStart(10, '0');
		deliver(current, code);
		const codes = new Map([current, next].map((to) => [to, { code: mailed.get(to) ?? '', shown: false }]));
		codes.set(current, { code, shown: false });
		changes.unshift({ current, next, codes });
		return answer;
	}

	async function confirm(request: Request, { email, token }: { email: string; token: string }): Promise<Response> {
		const change = changes.find(({ codes }) => codes.has(email));
		const own = change?.codes.get(email);
		const verify = (tried: { email: string; token: string }) => {
			const body = JSON.stringify({ ...tried, type: 'email_change' });
			const headers = new Headers(request.headers);
			headers.delete('content-length');
			return ask(new Request(request.url, { method: 'POST', headers, body }));
		};
		if (!change || own?.code !== token || own.shown) return verify({ email, token: 'wrong' });
		own.shown = true;
		if ([...change.codes.values()].every(({ shown }) => shown)) {
			changes.splice(changes.indexOf(change), 1);
			return verify({ email: change.next, token: change.codes.get(change.next)?.code ?? '' });
		}
		const msg = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';
		return Response.json({ msg, code: '200' });
	}

	return {
		note: (to, code) => void mailed.set(to, code),
		async answer(request) {
			const { pathname } = new URL(request.url);
			const name = `${request.method} ${pathname}`;
			if (name !== 'PUT /auth/v1/user' && name !== 'POST /auth/v1/verify') return ask(request);
			const body = (await request.clone().json()) as { email?: string; token?: string; type?: string };
			const email = body.email?.toLowerCase();
			if (name.startsWith('PUT') && email !== undefined) return begin(request, email);
			if (body.type !== 'email_change' || email === undefined) return ask(request);
			return confirm(request, { email, token: body.token ?? '' });
		}
	};
}
