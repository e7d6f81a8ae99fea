import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeysStage, said } from './keys-stage.ts';
import { anotherSession } from './two-step.ts';
import type { Client } from './client.ts';

const stage = new KeysStage();
let client: Client;

beforeAll(async () => {
	({ client } = await stage.open());
});
afterAll(() => stage.close());

test('the fifth wrong PIN in a row is written about to its person, and the fourth is not', async () => {
	const ana = await stage.person();
	await ana.turnOn(await client.createEntity(ana.account));
	expect((await stage.letter()).text).toContain('encryption was changed');
	const device = await anotherSession(client, ana.account);
	expect((await stage.letter()).text, 'a device that was not seen before').toContain('a new device');
	const body = () => ({ verifier: randomBytes(32).toString('base64url') });
	const right = body();
	await client.must('PUT', '/api/keys/pin', { token: device, body: right });
	const guess = () => client.ask('POST', '/api/keys/pin', { token: device, body: body() });
	for (let turn = 0; turn < 4; turn++) expect((await guess()).status).toBe(403);
	// It begins anew with the right one: of those four nothing was written, as the order of the letters shows.
	expect((await client.ask('POST', '/api/keys/pin', { token: device, body: right })).status).toBe(200);
	for (let turn = 0; turn < 5; turn++) await guess();
	const { to, text } = await stage.letter();
	expect([to, text.includes('wrong PIN five times in a row')]).toEqual([ana.account.email, true]);
	expect(await said(client.ask('GET', '/api/entities', { token: device }))).toMatchObject({ status: 401 });
	await ana.ask('POST', '/api/keys/reset');
	expect((await stage.letter()).text, 'one letter, not more').toContain('reset');
});
