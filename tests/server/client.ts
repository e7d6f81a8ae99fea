import { randomUUID } from 'node:crypto';
import type { Change, PullAnswer, PushAnswer, Record as VaultRecord } from '../../src/lib/api/record.ts';

/** Somebody with an account, signed in. */
export interface Account {
	id: string;
	email: string;
	password: string;
	token: string;
	refreshToken: string;
}

const BYTES = 'application/octet-stream';
const isWritten = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
	typeof body === 'string' || body instanceof Uint8Array;

/** A plain HTTP client of the server under test, which knows nothing of its code but the shapes. Of cookies it keeps one. */
export class Client {
	readonly url: string;
	readonly apikey: string;
	/** By which the server knows the browser that asked for a code. */
	#codeCookie = '';

	private constructor(url: string, apikey: string) {
		this.url = url;
		this.apikey = apikey;
	}

	static async of(url: string): Promise<Client> {
		const { publishableKey } = (await (await fetch(`${url}/api/config`)).json()) as { publishableKey: string };
		return new Client(url, publishableKey);
	}

	/** A request with a JSON body, or bytes as they are; `token` goes into the authorization. */
	async ask(method: string, path: string, { body, token, headers }: Asked = {}): Promise<Response> {
		const answer = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				apikey: this.apikey,
				...(body === undefined ? {} : { 'content-type': body instanceof Uint8Array ? BYTES : 'application/json' }),
				...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
				...(path.startsWith('/supabase/auth/') && this.#codeCookie ? { cookie: this.#codeCookie } : {}),
				...headers
			},
			...(body === undefined ? {} : { body: isWritten(body) ? body : JSON.stringify(body) })
		});
		for (const set of answer.headers.getSetCookie()) {
			const [cookie = ''] = set.split(';');
			if (cookie.startsWith('arca-code=')) this.#codeCookie = cookie;
		}
		return answer;
	}

	/** The same, for requests that must succeed: gives what was answered. */
	async must<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
		const answer = await this.ask(method, path, asked);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		return (text ? JSON.parse(text) : null) as T;
	}

	async signUp(email = `ana-${randomUUID()}@example.org`, headers?: Asked['headers']): Promise<Account> {
		const password = `quiet words ${randomUUID()}`;
		const answer = await this.must<Tokens>('POST', '/supabase/auth/v1/signup', { body: { email, password }, headers });
		return { id: answer.user.id, email, password, token: answer.access_token, refreshToken: answer.refresh_token };
	}

	signIn(email: string, password: string, headers?: Asked['headers']): Promise<Response> {
		return this.ask('POST', '/supabase/auth/v1/token?grant_type=password', { body: { email, password }, headers });
	}

	/** Makes an entity and gives its id. */
	async createEntity({ token }: Account, name = 'Ana'): Promise<string> {
		const made = await this.must<{ entities: { id: string }[] }>('POST', '/api/entities', {
			body: { kind: 'person', name },
			token
		});
		return made.entities[0]?.id ?? '';
	}

	push({ token }: Account, entity: string, changes: Change[]): Promise<PushAnswer> {
		return this.must('POST', '/api/records/push', { body: { entity, changes }, token });
	}

	/** Everything of a domain, page by page. */
	async pullAll({ token }: Account, entity: string, limit = 1000): Promise<VaultRecord[]> {
		const records: VaultRecord[] = [];
		let after: PullAnswer['after'] = { finances: '0' };
		for (;;) {
			const page = await this.must<PullAnswer>('POST', '/api/records/pull', { body: { entity, after, limit }, token });
			records.push(...page.records);
			if (!page.more) return records;
			after = page.after;
		}
	}
}

interface Asked {
	body?: unknown;
	token?: string;
	headers?: { [name: string]: string };
}

interface Tokens {
	access_token: string;
	refresh_token: string;
	user: { id: string };
}

/** A new expense, as the app sends one. */
export function expense(values: { [field: string]: unknown } = {}): Change {
	const filled = { date: '2026-03-01', amount: { minor: 1250, currency: 'EUR' }, payee: 'Panadería', ...values };
	const plain = { kind: 'expense', version: 1, values: filled, meta: { at: '2026-03-01T09:30:00.000Z' } };
	return { change: randomUUID(), id: randomUUID(), domain: 'finances', base: '0', plain };
}
