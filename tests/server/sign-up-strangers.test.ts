import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SIGN_INS, startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';
import { confirmedAccount, mailedCode, WaitingBrowser } from './waiting-browser.ts';

let mail: MailServer;
let server: TestServer;
let client: Client;
let stranger: WaitingBrowser;
let ana: WaitingBrowser;

beforeAll(async () => {
	mail = await startMailServer(SIGN_INS);
	const env = { ...raisedLimits, ARCA_SMTP_URL: mail.url, ADDRESS_HEADER: 'x-real-ip' };
	server = await startServer({ databaseUrl: await testDatabase(), env });
	client = await Client.of(server.url);
	stranger = new WaitingBrowser(client, '203.0.113.66');
	ana = new WaitingBrowser(client, '198.51.100.1');
});
afterAll(async () => {
	await server.stop();
	await mail.stop();
});

const hers = 'quiet river lantern';
const theirs = 'a password of mine';
/** What is told to somebody who asks: its status, and the code of a refusal. */
async function toldIn(asked: Promise<Response>): Promise<string> {
	const answer = await asked;
	return `${answer.status} ${((await answer.json()) as { error_code?: string }).error_code ?? ''}`;
}
const statusOf = async (asked: Promise<Response>) => (await asked).status;

describe('a stranger who signed up with somebody\u2019s address', () => {
	test.each(['before', 'after'] as const)('%s they did, has gained nothing and blocked nobody', async (when) => {
		const email = `${when}@example.org`;
		const codes: { [password: string]: string } = {};
		for (const password of when === 'before' ? [theirs, hers] : [hers, theirs]) {
			expect(await statusOf((password === hers ? ana : stranger).signUp(email, password))).toBe(200);
			codes[password] = await mailedCode(mail, email);
		}
		const [own, foreign] = [codes[hers] ?? '', codes[theirs] ?? ''];
		expect(own, 'one in a million').not.toBe(foreign);
		// Both codes lie in her mailbox: the stranger's, typed at her page, confirms no password of the stranger's.
		expect(await statusOf(ana.confirm(email, foreign))).toBe(403);
		expect(await statusOf(stranger.confirm(email, own))).toBe(403);
		expect(await statusOf(ana.confirm(email, own))).toBe(200);
		expect(await statusOf(stranger.confirm(email, foreign))).toBe(403);
		expect(await statusOf(stranger.signIn(email, theirs))).toBe(400);
		expect(await statusOf(ana.signIn(email, hers))).toBe(200);
	});

	test('is not helped by a code that its owner asks for to set a new password', async () => {
		const email = 'reset@example.org';
		await stranger.signUp(email, theirs);
		const planted = await mailedCode(mail, email);
		expect(await statusOf(ana.recover(email))).toBe(200);
		const code = await mailedCode(mail, email);
		const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
		expect(await statusOf(ana.confirm(email, wrong, 'recovery'))).toBe(403);
		const opened = await ana.confirm(email, code, 'recovery');
		expect(opened.status).toBe(200);
		// From here on, whether or not she goes on to set a password.
		expect(await statusOf(stranger.signIn(email, theirs))).toBe(400);
		expect(await statusOf(stranger.confirm(email, planted))).toBe(403);
		const { access_token: token } = (await opened.json()) as { access_token: string };
		const headers = { 'x-real-ip': '198.51.100.1' };
		const set = await client.ask('PUT', '/supabase/auth/v1/user', { body: { password: hers }, token, headers });
		expect(set.status).toBe(200);
		expect(await statusOf(ana.signIn(email, hers))).toBe(200);
		expect(await statusOf(ana.confirm(email, code, 'recovery'))).toBe(403);
	});

	test.each(['a code of her sign-up', 'a code for a new password'])(
		'is told nothing of it when she makes her account with %s',
		async (way) => {
			const told: string[][] = [];
			for (const makes of [false, true]) {
				const email = `told-${makes}-${way.length}@example.org`;
				await stranger.signUp(email, theirs);
				await mail.next();
				const before = await toldIn(stranger.signIn(email, theirs));
				expect(before).toBe('400 email_not_confirmed');
				if (makes && way.endsWith('sign-up')) {
					await ana.signUp(email, hers);
					expect(await statusOf(ana.confirm(email, await mailedCode(mail, email)))).toBe(200);
				} else if (makes) {
					await ana.recover(email);
					expect(await statusOf(ana.confirm(email, await mailedCode(mail, email), 'recovery'))).toBe(200);
				}
				const after = [await toldIn(stranger.signIn(email, theirs))];
				after.push(await toldIn(stranger.confirm(email, '000000')));
				for (let turn = 0; turn < 4; turn++) after.push(await toldIn(stranger.resend(email)));
				for (const answer of after) if (answer === '200 ') await mail.next();
				told.push([before, ...after]);
			}
			expect(told[0]).toEqual(told[1]);
			expect(told[0]?.slice(-4)).toEqual(['200 ', '200 ', '200 ', '429 over_request_rate_limit']);
		}
	);

	test('does not clear the lock on guessing with a sign-up of their own', async () => {
		const { email, password } = await confirmedAccount(client, mail, 'lock@example.org', '198.51.100.2');
		await stranger.signUp(email, theirs);
		expect((await mail.next()).to).toBe(email);
		for (let turn = 0; turn < 5; turn++) {
			const guess = turn % 2 === 0 ? 'not the password' : theirs;
			expect(await statusOf(stranger.signIn(email, guess))).toBe(400);
		}
		expect(await statusOf(stranger.signIn(email, password))).toBe(429);
		expect(await statusOf(ana.signIn(email, password))).toBe(200);
	});
});

test('a few networks have letters written to an address, and its owner is still written to', async () => {
	const email = 'flooded@example.org';
	for (let network = 1; network <= 3; network++) {
		const statuses: number[] = [];
		for (let turn = 1; turn <= 5; turn++) {
			const crowd = new WaitingBrowser(client, `2001:db8:${network}:${turn}::1`);
			statuses.push(await statusOf(crowd.signUp(email, theirs)));
		}
		expect(statuses, 'a network is one, whatever its addresses').toEqual([200, 200, 200, 200, 429]);
	}
	for (let turn = 0; turn < 12; turn++) await mailedCode(mail, email);
	expect(await statusOf(ana.signUp(email, hers))).toBe(200);
	expect(await statusOf(ana.confirm(email, await mailedCode(mail, email)))).toBe(200);
});

describe('an account that waits for its code', () => {
	test('is told of to whoever shows its password, who may show the code from there, and to nobody else', async () => {
		const email = 'waits@example.org';
		await ana.signUp(email, hers);
		const code = await mailedCode(mail, email);
		const laptop = new WaitingBrowser(client, '198.51.100.3');
		const [wrong, unknown] = [await laptop.signIn(email, theirs), await laptop.signIn('nobody@example.org', theirs)];
		expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
		expect(await statusOf(laptop.confirm(email, code)), 'has no claim').toBe(403);
		const right = await laptop.signIn(email, hers);
		expect(right.status).toBe(400);
		expect(await right.json()).toMatchObject({ error_code: 'email_not_confirmed' });
		expect(await statusOf(laptop.confirm(email, code))).toBe(200);
		expect(await statusOf(laptop.signIn(email, hers))).toBe(200);
	});
});
