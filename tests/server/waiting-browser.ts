import type { MailServer } from '../stage/mail-server.ts';
import type { Account, Client } from './client.ts';

/** A browser at the door of a server that mails codes: it keeps the cookies it is given, for as long as they say. */
export class WaitingBrowser {
	readonly #client: Client;
	readonly #address: string;
	readonly #cookies = new Map<string, { value: string; until: number }>();
	#seconds = 0;

	/** @param address where it is, for a server behind a proxy. */
	constructor(client: Client, address: string) {
		this.#client = client;
		this.#address = address;
	}

	signUp(email: string, password: string): Promise<Response> {
		return this.#post('signup', { email, password });
	}

	signIn(email: string, password: string): Promise<Response> {
		return this.#post('token?grant_type=password', { email, password });
	}

	confirm(email: string, token: string, type = 'signup'): Promise<Response> {
		return this.#post('verify', { email, token, type });
	}

	resend(email: string): Promise<Response> {
		return this.#post('resend', { email, type: 'signup' });
	}

	recover(email: string): Promise<Response> {
		return this.#post('recover', { email });
	}

	/** Lets so many seconds pass here; not at the server. */
	pass(seconds: number): void {
		this.#seconds += seconds;
	}

	async #post(path: string, body: object): Promise<Response> {
		const live = [...this.#cookies].filter(([, { until }]) => until > this.#seconds);
		const cookie = live.map(([name, { value }]) => `${name}=${value}`).join('; ');
		const headers = { 'x-real-ip': this.#address, cookie };
		const answer = await this.#client.ask('POST', `/supabase/auth/v1/${path}`, { body, headers });
		for (const set of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			const age = /; Max-Age=(\d+)/.exec(set)?.[1];
			this.#cookies.set(name, { value, until: age === undefined ? Infinity : this.#seconds + Number(age) });
		}
		return answer;
	}
}

/** The code of the next mail, which must be to this address. */
export async function mailedCode(mail: MailServer, email: string): Promise<string> {
	const { to, text } = await mail.next();
	const code = /Subject: Arca: (\d{6})/.exec(text)?.[1];
	if (to !== email || !code) throw new Error(`no code for ${email}, but a mail to ${to}: ${text}`);
	return code;
}

/** An account made with a mailed code, signed in. */
export async function confirmedAccount(
	client: Client,
	mail: MailServer,
	email: string,
	address: string
): Promise<Account> {
	const browser = new WaitingBrowser(client, address);
	const password = `quiet words ${email}`;
	const asked = await browser.signUp(email, password);
	if (!asked.ok) throw new Error(`signing up ${email}: ${asked.status} ${await asked.text()}`);
	const answer = await browser.confirm(email, await mailedCode(mail, email));
	const opened = (await answer.json()) as { access_token: string; refresh_token: string; user: { id: string } };
	return { id: opened.user.id, email, password, token: opened.access_token, refreshToken: opened.refresh_token };
}
