import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { compareAnswers } from './compare-answers.ts';
import { rankScore } from './rank-score.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	// The proxy's header stands for people at different addresses.
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ADDRESS_HEADER: 'x-real-ip' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const from = (address: string) => ({ 'x-real-ip': address });

describe('guessing passwords', () => {
	test('five failures lock the account for that address for a minute, and only for it', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.1'));
		const guess = () => client.signIn(ana.email, 'not the password', from('203.0.113.9'));
		for (let turn = 0; turn < 5; turn++) expect((await guess()).status).toBe(400);
		const locked = await client.signIn(ana.email, ana.password, from('203.0.113.9'));
		expect(locked.status).toBe(429);
		const wait = Number(locked.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(50);
		expect(wait).toBeLessThanOrEqual(60);
		expect(await locked.json()).toMatchObject({ status: 429, error_code: 'over_request_rate_limit' });
		expect((await client.signIn(ana.email, ana.password, from('198.51.100.1'))).status).toBe(200);
	});

	test('forty wrong passwords from one address lock it there, and the device of the owner still signs in', async () => {
		const home = from('198.51.100.30');
		const ana = await client.signUp(undefined, home);
		const signedIn = await client.signIn(ana.email, ana.password, home);
		const cookie = /^arca-device-[^;]+/.exec(signedIn.headers.get('set-cookie') ?? '')?.[0] ?? '';
		const statuses: number[] = [];
		for (let turn = 0; turn < 40; turn++)
			statuses.push((await client.signIn(ana.email, 'not the password', from('203.0.113.40'))).status);
		expect(statuses).toEqual([...Array<number>(5).fill(400), ...Array<number>(35).fill(429)]);
		expect((await client.signIn(ana.email, ana.password, from('203.0.113.40'))).status).toBe(429);
		for (const where of [home, from('203.0.113.40')])
			expect((await client.signIn(ana.email, ana.password, { ...where, cookie })).status).toBe(200);
	});

	test("a lock stands in the trail of the account, once for each, and in nobody else's", async () => {
		const ana = await client.signUp(undefined, from('198.51.100.31'));
		const guess = (address: string, email = ana.email) => client.signIn(email, 'not the password', from(address));
		for (const address of ['203.0.113.41', '203.0.113.42']) for (let turn = 0; turn < 8; turn++) await guess(address);
		for (let turn = 0; turn < 8; turn++) await guess('203.0.113.43', 'nobody-of-that-name@example.org');
		const locks = async () => [
			...(await sql<{ actor: string | null; subject: string }[]>`
				select actor, subject from public.audit_events where action = 'session.lock' and subject = ${ana.id}`)
		];
		await expect.poll(locks, { timeout: 5_000 }).toEqual(Array(2).fill({ actor: null, subject: ana.id }));
	});

	test('fifty guesses at once are five', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.2'));
		const guesses = Array.from({ length: 50 }, () =>
			client.signIn(ana.email, 'not the password', from('203.0.113.10'))
		);
		const statuses = (await Promise.all(guesses)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 400)).toHaveLength(5);
		expect(statuses.filter((status) => status === 429)).toHaveLength(45);
	});

	test('a device that signed in before is not locked out by others at its address', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.3'));
		const signedIn = await client.signIn(ana.email, ana.password, from('198.51.100.3'));
		const cookie = /^arca-device-[^;]+/.exec(signedIn.headers.get('set-cookie') ?? '')?.[0] ?? '';
		expect(signedIn.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
		for (let turn = 0; turn < 5; turn++) await client.signIn(ana.email, 'not the password', from('198.51.100.3'));
		expect((await client.signIn(ana.email, ana.password, from('198.51.100.3'))).status).toBe(429);
		expect((await client.signIn(ana.email, ana.password, { ...from('198.51.100.3'), cookie })).status).toBe(200);
		// It is known for that account and no other, and cannot be made up.
		const ben = await client.signUp(undefined, from('198.51.100.4'));
		for (let turn = 0; turn < 5; turn++) await client.signIn(ben.email, 'not the password', from('198.51.100.3'));
		expect((await client.signIn(ben.email, ben.password, { ...from('198.51.100.3'), cookie })).status).toBe(429);
	});

	test('the addresses of one IPv6 network are one', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.5'));
		for (let host = 1; host <= 5; host++)
			await client.signIn(ana.email, 'not the password', from(`2001:db8:1:2::${host}`));
		expect((await client.signIn(ana.email, ana.password, from('2001:db8:1:2:ffff::1'))).status).toBe(429);
		expect((await client.signIn(ana.email, ana.password, from('2001:db8:1:3::1'))).status).toBe(200);
	});
});

describe('whether an account exists', () => {
	test('is not told by a failed sign-in, in words or time', async () => {
		const { email } = await client.signUp(undefined, from('198.51.100.6'));
		const { bodies, ratio } = await compareAnswers(
			(who, address) => client.signIn(who, 'not the password', from(address)),
			email,
			1.4
		);
		expect(bodies.known.size).toBe(1);
		expect([...bodies.unknown]).toEqual([...bodies.known]);
		expect(ratio).toBeGreaterThan(0.7);
		expect(ratio).toBeLessThan(1.4);
	});

	// Two hundred of each, in turns: what one of them takes longer would show in the ranks, whatever the machine does besides.
	if (process.env.ARCA_SOAK)
		test('is not told by the ranks of the times of failed sign-ins', async () => {
			const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
			const { email } = await client.signUp(undefined, from('198.51.100.8'));
			for (let turn = 0; turn < 250; turn++) {
				const order = turn % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
				for (const who of order) {
					const begun = performance.now();
					const name = who === 'known' ? email : `nobody-of-${turn}@example.org`;
					await client.signIn(name, 'not the password', from(`10.${who === 'known' ? 1 : 2}.0.${turn}`));
					times[who].push(performance.now() - begun);
				}
			}
			const slower = times.known.map((time) => time * 1.2);
			expect(Math.abs(rankScore(slower, times.unknown)), 'a fifth more is found').toBeGreaterThan(3.3);
			expect(Math.abs(rankScore(times.known, times.unknown))).toBeLessThan(3.3);
		});

	test('is not told by asking for a code, in words or time', async () => {
		const { email } = await client.signUp(undefined, from('198.51.100.7'));
		const recover = (who: string, address: string) =>
			client.ask('POST', '/supabase/auth/v1/recover', { body: { email: who }, headers: from(address) });
		const { bodies, ratio } = await compareAnswers(recover, email, 1.25);
		expect([...bodies.known]).toEqual(['200 {}']);
		expect([...bodies.unknown]).toEqual(['200 {}']);
		expect(ratio).toBeGreaterThan(0.8);
		expect(ratio).toBeLessThan(1.25);
	});
});
