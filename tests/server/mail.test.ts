import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';
import { confirmedAccount } from './waiting-browser.ts';

let mail: MailServer;
let server: TestServer;
let client: Client;

beforeAll(async () => {
	mail = await startMailServer();
	const databaseUrl = await testDatabase();
	const env = { ...raisedLimits, ARCA_SMTP_URL: mail.url, ARCA_MAIL_FROM: 'arca@family.example' };
	server = await startServer({ databaseUrl, env });
	client = await Client.of(server.url);
});

afterAll(async () => {
	await server.stop();
	await mail.stop();
});

let people = 0;
const newAccount = () => confirmedAccount(client, mail, `person-${++people}@example.org`, '198.51.100.1');
const recover = (email: string) => client.ask('POST', '/supabase/auth/v1/recover', { body: { email } });
const verify = (email: string, token: string) =>
	client.ask('POST', '/supabase/auth/v1/verify', { body: { type: 'recovery', email, token } });

/** The text of a message without the soft line breaks of quoted-printable (RFC 2045, 6.7). */
const decodeText = (text: string) => text.replace(/=\r?\n/g, '').replace(/\r?\n/g, ' ');

describe('where mail is set up', () => {
	test('a code for a new password comes by mail, in both languages, without a link, and opens the account', async () => {
		const ana = await newAccount();
		expect((await recover(ana.email)).status).toBe(200);
		const { from, to, text } = await mail.next();
		expect([from, to]).toEqual(['arca@family.example', ana.email]);
		expect(text).toContain('Your Arca code is');
		expect(text).toContain('Tu c');
		expect(text).not.toMatch(/https?:/);
		const code = /Subject: Arca: (\d{6})/.exec(text)?.[1] ?? '';
		expect((await verify(ana.email, code === '000000' ? '000001' : '000000')).ok).toBe(false);
		expect((await verify(ana.email, code)).status).toBe(200);
		expect((await verify(ana.email, code)).ok).toBe(false);
	});

	test('nothing is left for the owner of the machine to read, and no code stands in the log', async () => {
		const ben = await newAccount();
		await recover(ben.email);
		const code = /Subject: Arca: (\d{6})/.exec((await mail.next()).text)?.[1] ?? '';
		expect(code).not.toBe('');
		expect(() => server.readCode(ben.email)).toThrow('no code');
		expect(server.log()).not.toContain(code);
	});

	test('an address without an account gets the same answer and no mail', async () => {
		const carla = await newAccount();
		const [known, unknown] = [await recover(carla.email), await recover('nobody@example.org')];
		expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()]);
		expect((await mail.next()).to).toBe(carla.email);
		// Mails come in the order they were sent: had nobody been written to, that mail would stand before Dora's.
		const dora = await newAccount();
		await recover(dora.email);
		expect((await mail.next()).to).toBe(dora.email);
	});

	test('an account that was guessed at is told so, and of a device that was not known: once an hour, and nobody else', async () => {
		const ana = await newAccount();
		const agent = 'Mozilla/5.0 (Linux; Android 15) <b>Chrome</b> Chrome/140.0 Mobile';
		for (let turn = 0; turn < 3; turn++)
			expect((await client.signIn(ana.email, ana.password, { 'user-agent': agent })).status).toBe(200);
		const told = await mail.next();
		expect(told.to).toBe(ana.email);
		expect(decodeText(told.text)).toMatch(
			/A device that was not known signed in to your Arca account: Chrome on Android/
		);
		expect(told.text).not.toContain('<b>');
		for (const email of [ana.email, 'nobody@example.org'])
			for (let turn = 0; turn < 9; turn++) await client.signIn(email, 'not the password');
		const locked = await mail.next();
		expect([locked.to, decodeText(locked.text).includes('wrong password for your Arca account')]).toEqual([
			ana.email,
			true
		]);
		// The next letter is the one that is asked for last: none went out in between.
		await recover(ana.email);
		expect((await mail.next()).text).toMatch(/Subject: Arca: \d{6}/);
	});

	test('the config says so, and a mail server that is away fails no request', async () => {
		const config = await client.must<{ mail: boolean }>('GET', '/api/config');
		expect(config.mail).toBe(true);
		const eva = await newAccount();
		await mail.stop();
		expect((await recover(eva.email)).status).toBe(200);
	});
});
