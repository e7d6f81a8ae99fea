import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backend, Person } from '../../src/lib/server/backend/backend.ts';
import { callFunction } from '../../src/lib/server/backend/call-function.ts';
import { openSupabase } from '../../src/lib/server/backend/supabase.ts';

const id = '0190a0de-0000-7000-8000-000000000001';
const session = '0190a0de-0000-7000-8000-000000000002';
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object) =>
	`${part({ alg: 'ES256' })}.${part({ sub: id, session_id: session, role: 'authenticated', exp: Date.now() / 1000 + 60, ...claims })}.sig`;

describe('whose token it is, asked of a Supabase', () => {
	let auth: Server;
	let backend: Backend;
	let asked: number;
	let answer: { status: number; body: string };

	beforeEach(async () => {
		asked = 0;
		answer = { status: 200, body: JSON.stringify({ id }) };
		auth = createServer((_request, response) => {
			asked += 1;
			response.writeHead(answer.status).end(answer.body);
		});
		await new Promise<void>((resolve) => auth.listen(0, '127.0.0.1', resolve));
		backend = openSupabase(`http://127.0.0.1:${(auth.address() as AddressInfo).port}`, 'sb_publishable_x');
	});
	afterEach(async () => {
		await new Promise((resolve) => {
			auth.close(resolve);
			auth.closeAllConnections();
		});
	});

	test('is asked once and believed for a while', async () => {
		const token = tokenOf({});
		expect(backend.mustAsk(token)).toBe(true);
		expect(await backend.identify(token)).toEqual({ id, session, token });
		expect(await backend.identify(token)).toEqual({ id, session, token });
		expect(backend.mustAsk(token)).toBe(false);
		expect(asked).toBe(1);
	});

	test.each([401, 403])('is nobody when Auth says so with %i', async (status) => {
		answer.status = status;
		expect(await backend.identify(tokenOf({}))).toBeNull();
	});

	test.each([429, 500, 502, 503])(
		'is not known while Auth answers %i, and known as soon as it answers',
		async (status) => {
			answer.status = status;
			await expect(backend.identify(tokenOf({}))).rejects.toMatchObject({ problem: { status: 503 } });
			answer.status = 200;
			expect(await backend.identify(tokenOf({}))).toMatchObject({ id });
		}
	);

	test('is not known while Auth cannot be reached, or answers something else than JSON', async () => {
		answer.body = '<html>';
		await expect(backend.identify(tokenOf({}))).rejects.toMatchObject({ problem: { status: 503 } });
		await new Promise((resolve) => {
			auth.close(resolve);
			auth.closeAllConnections();
		});
		await expect(backend.identify(tokenOf({ aal: 'aal1' }))).rejects.toMatchObject({ problem: { status: 503 } });
	});

	test.each([
		['expired', { exp: 1 }],
		['without a session', { session_id: undefined }],
		['of the service', { role: 'service_role' }],
		['for nobody', { sub: 'x' }]
	])('is nobody without asking when the token is %s', async (_name, claims) => {
		expect(await backend.identify(tokenOf(claims))).toBeNull();
		expect(await backend.identify('no.token.!')).toBeNull();
		expect(asked).toBe(0);
	});

	test('is nobody when the token names another than Auth does', async () => {
		answer.body = JSON.stringify({ id: session });
		expect(await backend.identify(tokenOf({}))).toBeNull();
	});
});

describe('a refusal of the database', () => {
	const person: Person = { id, session, token: '' };
	const refusing = (code: string) => ({ call: () => Promise.resolve({ code }) }) as unknown as Backend;

	test.each([
		['PT429', 429],
		['40P01', 503],
		['55P03', 503],
		['57014', 503],
		['53300', 503]
	])('%s is answered with %i and when to come again', async (code, status) => {
		await expect(callFunction(refusing(code), person, 'draw_entity_id', {})).rejects.toMatchObject({
			problem: { status },
			headers: { 'retry-after': expect.stringMatching(/^\d+$/) as unknown }
		});
	});

	test('that nobody expected stays an error', async () => {
		await expect(callFunction(refusing('XX000'), person, 'draw_entity_id', {})).rejects.toMatchObject({
			code: 'XX000'
		});
	});
});
