import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SIGN_INS, startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { compareAnswers } from './compare-answers.ts';
import { testDatabase } from './test-database.ts';
import { confirmedAccount, mailedCode, WaitingBrowser } from './waiting-browser.ts';

let mail: MailServer;
let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	mail = await startMailServer(SIGN_INS);
	const databaseUrl = await testDatabase();
	const env = { ...raisedLimits, ARCA_SMTP_URL: mail.url, ADDRESS_HEADER: 'x-real-ip' };
	server = await startServer({ databaseUrl, env });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
	await mail.stop();
});

const password = 'quiet river lantern';
let people = 0;
/** Somebody's address and their browser, at an address that nobody shares. */
function somebody(email = `person-${++people}@example.org`): { email: string; browser: WaitingBrowser } {
	return { email, browser: new WaitingBrowser(client, `198.51.100.${++people}`) };
}
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const codeOf = async (answer: Response) => ((await answer.json()) as { error_code?: string }).error_code;

describe('a sign-up where mail is set up', () => {
	test('opens nothing before the mailed code is shown, and signs in then', async () => {
		const { email, browser } = somebody();
		const asked = await browser.signUp(email, password);
		expect(asked.status).toBe(200);
		expect(asked.headers.get('set-cookie')).toMatch(/^arca-sign-up=[\w-]{43}; .*HttpOnly; SameSite=Strict/);
		const body: unknown = await asked.json();
		expect(body).toMatchObject({ email, aud: 'authenticated' });
		expect(body).not.toHaveProperty('access_token');
		expect(await sql`select 1 from auth.users where email = ${email}`).toHaveLength(0);
		const code = await mailedCode(mail, email);
		const refused = await browser.confirm(email, otherThan(code));
		expect([refused.status, await codeOf(refused)]).toEqual([403, 'otp_expired']);
		const { access_token: token } = (await (await browser.confirm(email, code)).json()) as { access_token: string };
		expect((await client.ask('GET', '/api/entities', { token })).status).toBe(200);
		expect((await browser.signIn(email, password)).status).toBe(200);
		expect((await browser.confirm(email, code)).status).toBe(403);
		expect(server.log()).not.toContain(code);
	});

	test('tells nobody whether the address has an account, in words, shape or time', async () => {
		const { email } = await confirmedAccount(client, mail, 'has-account@example.org', '198.51.100.250');
		const shape = (text: string) => text.replaceAll(/"[^"]*@[^"]*"|"[\da-f-]{36}"|"\d{4}-[^"]*Z"/g, '"…"');
		const cookies = { known: new Set<string>(), unknown: new Set<string>() };
		const ask = async (who: string, address: string) => {
			const answer = await new WaitingBrowser(client, address).signUp(who, password);
			const names = [...answer.headers.keys()].sort().join();
			const set = (answer.headers.get('set-cookie') ?? '').replace(/=[\w-]{43}/, '=…');
			cookies[who === email ? 'known' : 'unknown'].add(`${names} ${set}`);
			return new Response(shape(await answer.text()), { status: answer.status });
		};
		const { bodies, ratio } = await compareAnswers(ask, email, 1.4, 9);
		expect(bodies.known.size).toBe(1);
		expect([...bodies.unknown]).toEqual([...bodies.known]);
		expect([...cookies.unknown]).toEqual([...cookies.known]);
		// Only the mail differs, which the owner of the address alone reads.
		for (let turn = 0; turn < 18; turn++) {
			const { to, text } = await mail.next();
			expect(text.includes('Subject: Arca: you have an account'), to).toBe(to === email);
			expect(/Subject: Arca: \d{6}/.test(text), to).toBe(to !== email);
		}
		expect(ratio).toBeGreaterThan(0.7);
		expect(ratio).toBeLessThan(1.4);
	});

	test('for an address with an account is refused every code in the same words', async () => {
		const account = await confirmedAccount(client, mail, 'taken@example.org', '198.51.100.251');
		const [taken, free] = [somebody(account.email), somebody()];
		const told: string[] = [];
		for (const { email, browser } of [taken, free]) {
			await browser.signUp(email, password);
			await mail.next();
			const signedIn = await browser.signIn(email, password);
			told.push(`${signedIn.status} ${await signedIn.text()}`);
			for (let turn = 0; turn < 6; turn++) {
				const answer = await browser.confirm(email, '000000');
				told.push(`${answer.status} ${await answer.text()}`);
			}
			told.push(await (await browser.resend(email)).text());
			await mail.next();
		}
		expect(told.slice(0, 8)).toEqual(told.slice(8));
		expect((await taken.browser.signIn(account.email, account.password)).status).toBe(200);
	});

	test('has five tries for a code, and another code on request', async () => {
		const { email, browser } = somebody();
		await browser.signUp(email, password);
		const code = await mailedCode(mail, email);
		for (let turn = 0; turn < 5; turn++) expect((await browser.confirm(email, otherThan(code))).status).toBe(403);
		expect((await browser.confirm(email, code)).status).toBe(403);
		expect((await browser.resend(email)).status).toBe(200);
		const next = await mailedCode(mail, email);
		expect((await browser.confirm(email, next)).status).toBe(200);
	});

	test('is mailed four codes an hour and no more, and nothing on behalf of a browser that waits for none', async () => {
		const { email, browser } = somebody();
		await browser.signUp(email, password);
		await mailedCode(mail, email);
		const stranger = somebody();
		const refused = await stranger.browser.resend(email);
		expect([refused.status, await codeOf(refused)]).toEqual([403, 'flow_state_expired']);
		let last = '';
		for (let turn = 0; turn < 3; turn++) {
			expect((await browser.resend(email)).status).toBe(200);
			last = await mailedCode(mail, email);
		}
		expect((await browser.resend(email)).status).toBe(429);
		expect((await browser.confirm(email, last)).status).toBe(200);
		expect((await somebody(email).browser.signIn(email, password)).status).toBe(200);
	});

	test('can be confirmed for an hour from its newest code, not from the sign-up', async () => {
		const { email, browser } = somebody();
		await browser.signUp(email, password);
		await mailedCode(mail, email);
		browser.pass(50 * 60);
		await browser.resend(email);
		const code = await mailedCode(mail, email);
		browser.pass(50 * 60);
		expect((await browser.confirm(email, code)).status).toBe(200);
		const late = somebody();
		await late.browser.signUp(late.email, password);
		const tooOld = await mailedCode(mail, late.email);
		late.browser.pass(60 * 60);
		expect((await late.browser.confirm(late.email, tooOld)).status).toBe(403);
		expect(await codeOf(await late.browser.resend(late.email)), 'it is over').toBe('flow_state_expired');
	});

	test('with a password that is too short is refused before anything is asked about the address', async () => {
		const { email } = await confirmedAccount(client, mail, 'short@example.org', '198.51.100.252');
		const answers = [email, 'nobody@example.org'].map((who) => somebody(who).browser.signUp(who, 'short'));
		const [known, unknown] = await Promise.all((await Promise.all(answers)).map((answer) => answer.text()));
		expect(known).toContain('weak_password');
		expect(known).toBe(unknown);
	});
});
