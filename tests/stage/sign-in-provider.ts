import { createServer } from 'node:http';

/** A stand-in for GitHub as somebody to sign in with (OAuth 2.0, RFC 6749), on loopback. */
export interface SignInProvider {
	url: string;
	/** Who is signed in there: whoever is sent there comes back as this person. */
	person: { id: number; login: string; email: string };
	stop(): Promise<void>;
}

/** Starts one on a free port. A code is good once, for whoever shows the client's secret. */
export async function startSignInProvider(): Promise<SignInProvider> {
	const person = { id: 1, login: 'ana', email: 'ana@example.org' };
	const codes = new Map<string, typeof person>();
	const tokens = new Map<string, typeof person>();
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const give = (body: object, status = 200) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (url.pathname === '/login/oauth/authorize') {
			const back = new URL(url.searchParams.get('redirect_uri') ?? '');
			const code = crypto.randomUUID();
			codes.set(code, { ...person });
			back.searchParams.set('code', code);
			back.searchParams.set('state', url.searchParams.get('state') ?? '');
			response.writeHead(302, { location: back.href }).end();
			return;
		}
		if (url.pathname === '/login/oauth/access_token') {
			let text = '';
			request.on('data', (part: Buffer) => (text += part.toString()));
			request.on('end', () => {
				const form = new URLSearchParams(text);
				const found = codes.get(form.get('code') ?? '');
				codes.delete(form.get('code') ?? '');
				if (!found || form.get('client_secret') !== 'secret') return give({ error: 'bad_verification_code' });
				const token = crypto.randomUUID();
				tokens.set(token, found);
				give({ access_token: token, token_type: 'bearer', scope: 'user:email' });
			});
			return;
		}
		const asks = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
		if (!asks) return give({}, 401);
		if (url.pathname === '/api/v3/user') return give({ id: asks.id, login: asks.login, name: asks.login });
		if (url.pathname === '/api/v3/user/emails') return give([{ email: asks.email, verified: true, primary: true }]);
		give({}, 404);
	});
	await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		url: `http://localhost:${port}`,
		person,
		stop: () => new Promise((resolve) => server.close(() => resolve()))
	};
}
