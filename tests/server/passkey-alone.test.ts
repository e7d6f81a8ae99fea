import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authenticator } from '../stage/authenticator.ts';
import type { Said } from '../stage/authenticator.ts';
import { SIGN_INS, startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { problemIn } from './described-routes.ts';
import { addPasskey, askPasskey } from './passkey-steps.ts';
import { testDatabase } from './test-database.ts';
import { turnOn } from './two-step.ts';
import { confirmedAccount, mailedCode } from './waiting-browser.ts';

let mail: MailServer;
let server: TestServer;
let client: Client;
let sql: postgres.Sql;
/** Somebody whose one second step is a passkey. */
let ana: Account;
let key: Authenticator;
let people = 0;

const newAccount = () => confirmedAccount(client, mail, `person-${++people}@example.org`, `198.51.100.${people}`);

beforeAll(async () => {
	mail = await startMailServer(SIGN_INS);
	const env = { ...raisedLimits, ARCA_SMTP_URL: mail.url, ARCA_MAIL_FROM: 'arca@family.example' };
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env });
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	client = await Client.of(server.url);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
	await mail.stop();
});
beforeEach(async () => {
	ana = await newAccount();
	key = new Authenticator();
	await addPasskey(client, server.url, ana.token, key);
	expect(await nextLetter()).toContain('was turned on just now');
});

/** The next letter as it is read, which must be to Ana (quoted-printable: RFC 2045, 6.7). */
async function nextLetter(): Promise<string> {
	const { to, text } = await mail.next();
	expect(to).toBe(ana.email);
	const bytes = text
		.replaceAll(/=\r?\n/g, '')
		.replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll(/\s+/g, ' ');
}
/** What a device says to what the session is asked, but for what is other here. */
async function signed(token: string, other: Partial<Said> = {}, by = key): Promise<object> {
	const { challenge, rpId } = await askPasskey(client, token);
	return by.show({ challenge, origin: server.url, rpId, ...other });
}
async function said(answer: Response | Promise<Response>): Promise<string> {
	const got = await answer;
	return got.ok ? 'done' : (await problemIn(got)).type.replace('/problems/', '');
}
const show = (token: string, body: object) => said(client.ask('POST', '/api/two-factor/passkey', { token, body }));
const WRONG = 'two-factor/wrong-passkey';

describe('a new password by a mailed code', () => {
	const verify = (email: string, token: string) =>
		client.ask('POST', '/supabase/auth/v1/verify', { body: { type: 'recovery', email, token } });
	const setPassword = (token: string, password: string) =>
		said(client.ask('PUT', '/supabase/auth/v1/user', { token, body: { password } }));
	async function open(): Promise<string> {
		await client.must('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
		const answer = await verify(ana.email, await mailedCode(mail, ana.email));
		return ((await answer.json()) as { access_token: string }).access_token;
	}

	test('is set after the passkey, and by none that is wrong or of somebody else', async () => {
		const opened = await open();
		expect(await setPassword(opened, 'seven other arches')).toBe('session/second-step');
		const state = await client.must<object>('GET', '/api/two-factor', { token: opened });
		expect(state).toMatchObject({ on: true, done: false, app: false, passkeys: 1 });
		expect(await show(opened, await signed(opened, { origin: 'https://evil.example' }))).toBe(WRONG);
		expect(await show(opened, await signed(opened, {}, new Authenticator()))).toBe(WRONG);
		expect(await show(opened, await signed(ana.token)), 'what another session was to sign').toBe(WRONG);
		expect(await setPassword(opened, 'seven other arches')).toBe('session/second-step');
		expect(await show(opened, await signed(opened))).toBe('done');
		expect(await setPassword(opened, 'seven other arches')).toBe('done');
		expect((await client.signIn(ana.email, 'seven other arches')).status).toBe(200);
	});

	test('is kept from whoever reads the mail by the step alone: with that check taken out they would set it', async () => {
		const opened = await open();
		const checks = ['app.step_done()', 'app.has_fresh_step()'];
		const before = await Promise.all(
			checks.map((name) => sql<{ source: string }[]>`select pg_get_functiondef(${name}::regprocedure) as source`)
		);
		for (const name of checks)
			await sql.unsafe(`create or replace function ${name} returns boolean language sql as 'select true'`);
		expect(await setPassword(opened, 'the thief of the mailbox')).toBe('done');
		for (const [row] of before) await sql.unsafe(row?.source ?? '');
		expect(await setPassword(opened, 'seven other arches')).toBe('session/second-step');
	});

	test('tells nobody of an account or its second step before the code was right', async () => {
		await client.must('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
		const code = await mailedCode(mail, ana.email);
		const wrong = code === '000000' ? '000001' : '000000';
		const answers = await Promise.all([ana.email, 'nobody@example.org'].map((email) => verify(email, wrong)));
		const [hers, nobodys] = await Promise.all(answers.map(async (one) => [one.status, await one.text()]));
		expect(hers).toEqual(nobodys);
		for (const token of [undefined, '', code])
			expect((await client.ask('GET', '/api/two-factor', { ...(token !== undefined && { token }) })).status).toBe(401);
		expect((await verify(ana.email, code)).status, 'the code was there all the while').toBe(200);
	});
});

describe('two-step verification as a whole', () => {
	const off = (body: object, token = ana.token) => said(client.ask('POST', '/api/two-factor/disable', { token, body }));

	test('is turned off by a passkey that signed for it, once, and all that there was is gone', async () => {
		await turnOn(client, ana);
		expect(await nextLetter()).toContain('An app that makes verification codes was added');
		expect(await off({ passkey: await signed(ana.token, { rpId: 'evil.example' }) })).toBe(WRONG);
		expect(await off({ passkey: await signed(ana.token, {}, new Authenticator()) })).toBe(WRONG);
		const shown = await signed(ana.token);
		expect(await show(ana.token, shown)).toBe('done');
		expect(await off({ passkey: shown }), 'it showed a step already').toBe(WRONG);
		expect(await client.must('GET', '/api/two-factor', { token: ana.token })).toMatchObject({ on: true });
		const last = { passkey: await signed(ana.token) };
		// So few that nothing locks: whoever comes while it is being checked finds it taken.
		const answers = await Promise.all([off(last), off(last), off(last)]);
		// With it the passkey goes: there is none any more for who comes after.
		expect(answers.filter((answer) => ![WRONG, 'two-factor/no-passkey'].includes(answer))).toEqual(['done']);
		expect(await nextLetter()).toContain('was turned off just now');
		const state = await client.must('GET', '/api/two-factor', { token: ana.token });
		expect(state).toMatchObject({ on: false, app: false, passkeys: 0 });
	});

	test('stays on where somebody has no passkey to turn it off by, or has not shown it', async () => {
		const opened = (await (await client.signIn(ana.email, ana.password)).json()) as { access_token: string };
		const before = { passkey: await signed(opened.access_token) };
		expect(await off(before, opened.access_token)).toBe('session/second-step');
		const someone = ana;
		ana = await newAccount();
		await turnOn(client, ana);
		expect(await nextLetter()).toContain('was turned on just now');
		const asked = client.ask('POST', '/api/two-factor/passkey/options', { token: ana.token });
		expect(await said(asked)).toBe('two-factor/no-passkey');
		expect(await off({ passkey: await signed(someone.token) })).toBe('two-factor/no-passkey');
		expect(await client.must('GET', '/api/two-factor', { token: ana.token })).toMatchObject({ on: true, app: true });
	});
});

test('the person is told by a letter of every passkey that comes or goes, in both languages, without its name', async () => {
	const named = async () =>
		(await client.must<{ named: { id: string }[] }>('GET', '/api/two-factor', { token: ana.token })).named;
	const path = (id = '') => `/api/two-factor/passkeys/${id}`;
	await addPasskey(client, server.url, ana.token, new Authenticator());
	const added = await nextLetter();
	expect(added).toContain('A passkey was added to your Arca account just now. If it was not you: change the password');
	expect(added).toContain('Se acaba de añadir una llave de acceso a tu cuenta de Arca. Si no fuiste tú:');
	const [first, second] = await named();
	// No letter for another name: the next one is of the passkey that goes.
	const body = { name: 'Portátil de casa' };
	await client.must('PATCH', path(first?.id), { token: ana.token, body });
	await client.must('DELETE', path(second?.id), { token: ana.token });
	const removed = await nextLetter();
	expect(removed).toContain('A passkey was removed from your Arca account just now.');
	expect(removed).toContain('Se acaba de quitar una llave de acceso de tu cuenta de Arca.');
	await client.must('DELETE', path(first?.id), { token: ana.token });
	const last = await nextLetter();
	expect(last).toContain('Two-step verification of your Arca account was turned off just now.');
	for (const letter of [added, removed, last]) expect(letter).not.toMatch(/Portátil|https?:/);
});
