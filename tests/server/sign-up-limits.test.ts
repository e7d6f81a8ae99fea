import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIGN_INS, startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';
import { mailedCode, WaitingBrowser } from './waiting-browser.ts';

let mail: MailServer;
let server: TestServer;
let client: Client;

beforeAll(async () => {
	mail = await startMailServer(SIGN_INS);
	const lowered = { ARCA_LIMIT_SIGN_UPS: '5', ARCA_LIMIT_SIGN_UP_NETWORK: '3', ARCA_LIMIT_ADDRESS: '4' };
	const env = { ...raisedLimits, ...lowered, ARCA_SMTP_URL: mail.url, ADDRESS_HEADER: 'x-real-ip' };
	server = await startServer({ databaseUrl: await testDatabase(), env });
	client = await Client.of(server.url);
});
afterAll(async () => {
	await server.stop();
	await mail.stop();
});

const password = 'quiet river lantern';
let people = 0;

/** A sign-up for a new address of somebody at this address. */
async function signUpFrom(address: string) {
	const [email, browser] = [`person-${++people}@example.org`, new WaitingBrowser(client, address)];
	return { email, browser, answer: await browser.signUp(email, password) };
}

test('a sign-up counts against the address as sign-ins and codes do', async () => {
	const browser = new WaitingBrowser(client, '192.0.2.1');
	for (let turn = 0; turn < 4; turn++)
		expect((await browser.signIn(`nobody-${turn}@example.org`, password)).status).toBe(400);
	expect((await signUpFrom('192.0.2.1')).answer.status).toBe(429);
	expect((await browser.resend('nobody@example.org')).status).toBe(429);
});

test('a network, and all networks together, have so many letters written a minute; who waits already still does', async () => {
	const first = await signUpFrom('2001:db8:1:1::1');
	expect(first.answer.status).toBe(200);
	const code = await mailedCode(mail, first.email);
	for (const subnet of ['2', '3']) expect((await signUpFrom(`2001:db8:1:${subnet}::1`)).answer.status).toBe(200);
	const fourth = (await signUpFrom('2001:db8:1:4::1')).answer;
	expect(fourth.status).toBe(429);
	expect(Number(fourth.headers.get('retry-after'))).toBeLessThanOrEqual(60);
	for (const network of ['2', '3']) expect((await signUpFrom(`2001:db8:${network}::1`)).answer.status).toBe(200);
	const sixth = await signUpFrom('198.51.100.1');
	expect(sixth.answer.status).toBe(429);
	expect(await sixth.answer.json()).toMatchObject({ error_code: 'over_request_rate_limit' });
	expect((await first.browser.resend(first.email)).status).toBe(429);
	expect((await first.browser.confirm(first.email, code)).status).toBe(200);
});
