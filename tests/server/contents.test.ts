import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';

const PART = 4 * 1024 * 1024;
let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
let entity: string;
let databaseUrl: string;
let dataFolder: string;

beforeAll(async () => {
	databaseUrl = await testDatabase();
	// Of this test: it outlives a server.
	dataFolder = mkdtempSync(join(tmpdir(), 'arca-contents-'));
	server = await startServer({ dataFolder, databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
	ana = await client.signUp();
	entity = await client.createEntity(ana);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function open(domain = 'finances', file: string = randomUUID(), token = ana.token): Promise<string> {
	return (await client.must<{ id: string }>('POST', '/api/contents', { body: { entity, domain, file }, token })).id;
}

function put(content: string, part: number, bytes: Uint8Array<ArrayBuffer>, token = ana.token): Promise<Response> {
	return fetch(`${server.url}/api/contents/${content}/parts/${part}`, {
		method: 'PUT',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
		body: bytes
	});
}

const get = (content: string, part: number, token = ana.token) =>
	client.ask('GET', `/api/contents/${content}/parts/${part}`, { token });
const complete = (content: string, parts: number, bytes: number) =>
	client.ask('POST', `/api/contents/${content}/complete`, { body: { parts, bytes }, token: ana.token });
const problem = async (answer: Response) => ((await answer.json()) as { type: string }).type;
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const random = (size: number) => new Uint8Array(randomBytes(size));

/** The stored object of a part. */
const stored = (content: string, part = '0000') =>
	join(server.dataFolder, 'data', 'files', 'sealed', entity, 'finances', 'sealed', content, part);

test('a file of two parts goes to private storage and comes back to the byte', async () => {
	const file = randomUUID();
	const [first, last] = [random(PART), random(5)];
	const content = await open('finances', file);
	expect(await client.must('GET', `/api/contents/${content}`, { token: ana.token })).toEqual({
		parts: [],
		complete: false
	});
	expect(await (await put(content, 1, last)).json()).toEqual({ part: 1, size: 5 });
	expect((await complete(content, 2, PART + 5)).status).toBe(409);
	expect((await put(content, 0, first)).status).toBe(200);
	expect(await client.must('GET', `/api/contents/${content}`, { token: ana.token })).toEqual({
		parts: [0, 1],
		complete: false
	});
	expect((await complete(content, 2, PART + 4)).status).toBe(409);
	expect((await complete(content, 2, PART + 5)).status).toBe(204);
	expect((await complete(content, 2, PART + 5)).status).toBe(204);
	expect(Buffer.compare(await bytesOf(await get(content, 0)), first)).toBe(0);
	expect(Buffer.compare(await bytesOf(await get(content, 1)), last)).toBe(0);
	expect(await problem(await get(content, 2))).toBe('/problems/content/not-found');
	expect(await problem(await put(content, 2, last))).toBe('/problems/content/not-open');

	const change = { ...expense(), id: file, content };
	const { results } = await client.push(ana, entity, [change]);
	expect(results[0]).toMatchObject({ status: 'accepted' });
	expect(await sql`select state from contents where id = ${content}`).toEqual([{ state: 'used' }]);
});

test('what is stored holds no run of the plaintext, and opens in no other place', async () => {
	const [one, other] = [await open(), await open()];
	const bytes = random(2000);
	await put(one, 0, bytes);
	await put(other, 0, random(2000));
	const kept = readFileSync(stored(one));
	const run = (at: number) => Buffer.from(bytes.subarray(at, at + 16));
	for (let at = 0; at + 16 <= bytes.length; at += 16) expect(kept.includes(run(at))).toBe(false);
	// The search finds it where it is.
	expect(Buffer.concat([kept, run(16)]).includes(run(16))).toBe(true);

	writeFileSync(stored(other), kept);
	expect(await problem(await get(other, 0))).toBe('/problems/content/damaged');
	for (const at of [0, 1, 5, 17, 18, 1000, kept.length - 1]) {
		const altered = Buffer.from(kept);
		altered[at] = (altered[at] ?? 0) ^ 1;
		writeFileSync(stored(one), altered);
		expect(await problem(await get(one, 0))).toBe('/problems/content/damaged');
	}
	writeFileSync(stored(one), kept);
	expect(Buffer.compare(await bytesOf(await get(one, 0)), bytes)).toBe(0);
});

test('a part that is there stays as it is, and whoever sends it again is told its hash', async () => {
	const content = await open();
	const [first, second] = [random(100), random(100)];
	const answers = await Promise.all([put(content, 0, first), put(content, 0, second), put(content, 0, first)]);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	const told = (await Promise.all(answers.map((one) => one.json()))) as { hash?: string }[];
	expect(told.filter(({ hash }) => hash === undefined).length).toBe(1);
	const kept = await bytesOf(await get(content, 0));
	const hash = createHash('sha256').update(kept).digest('base64url');
	expect(told.filter((one) => one.hash === hash).length).toBe(2);
});

test('a record names no content that is not complete, of another file or not there', async () => {
	const file = randomUUID();
	const content = await open('finances', file);
	await put(content, 0, random(10));
	const push = async (named: string, id = file) =>
		(await client.push(ana, entity, [{ ...expense(), id, content: named }])).results[0];
	expect(await push(content)).toMatchObject({ status: 'content-missing' });
	expect(await push(randomUUID())).toMatchObject({ status: 'content-missing' });
	await complete(content, 1, 10);
	expect(await push(content, randomUUID())).toMatchObject({ status: 'content-missing' });
	expect(await push(content)).toMatchObject({ status: 'accepted' });
});

test('to strangers a content is not there, whatever they try', async () => {
	const content = await open();
	await put(content, 0, random(10));
	const zoe = await client.signUp();
	const { token } = zoe;
	const tries = [
		await client.ask('GET', `/api/contents/${content}`, { token }),
		await client.ask('DELETE', `/api/contents/${content}`, { token }),
		await client.ask('POST', `/api/contents/${content}/complete`, { body: { parts: 1, bytes: 10 }, token }),
		await put(content, 1, random(3), token),
		await get(content, 0, token)
	];
	for (const answer of tries) {
		const missing = await problem(await client.ask('GET', `/api/contents/${randomUUID()}`, { token }));
		expect([answer.status, await problem(answer)]).toEqual([404, missing]);
	}
	const body = { entity, domain: 'finances', file: randomUUID() };
	expect((await client.ask('POST', '/api/contents', { body, token })).status).toBe(403);
	expect((await get(content, 0)).status).toBe(200);
});

test('where the domain has a user layer, a part that no browser sealed is refused', async () => {
	const person = await client.signUp();
	const home = await client.createEntity(person);
	await (await EncryptedPerson.of(client, person)).turnOn(home);
	const body = { entity: home, domain: 'health', file: randomUUID() };
	const { id } = await client.must<{ id: string }>('POST', '/api/contents', { body, token: person.token });
	expect(await problem(await put(id, 0, random(50), person.token))).toBe('/problems/content/no-layer');
	const sealed = new Uint8Array([1, 0x12, ...randomBytes(7 + 3 + 16)]);
	expect((await put(id, 0, sealed, person.token)).status).toBe(200);
	const done = { body: { parts: 1, bytes: 3 }, token: person.token };
	expect((await client.ask('POST', `/api/contents/${id}/complete`, done)).status).toBe(204);
});

test('bad input is refused with a problem: another type, a part that cannot be', async () => {
	const content = await open();
	const path = `/api/contents/${content}/parts/0`;
	expect((await client.ask('PUT', path, { body: {}, token: ana.token })).status).toBe(415);
	for (const n of ['-1', '10000', 'x', '01'])
		expect((await client.ask('GET', `/api/contents/${content}/parts/${n}`, { token: ana.token })).status).toBe(422);
	expect((await complete(content, 2, 5)).status).toBe(422);
});

test('what is due is deleted by whoever comes by, with its bytes; a day before it is not', async () => {
	const [due, young] = [await open(), await open()];
	for (const content of [due, young]) await put(content, 0, random(10));
	await sql`update contents set moved_at = now() - interval '25 hours' where id = ${due}`;
	await sql`update contents set moved_at = now() - interval '23 hours' where id = ${young}`;
	const picture = `${entity}/other/avatar/${randomUUID()}`;
	const asked = { body: random(9), token: ana.token, headers: { 'content-type': 'image/png' } };
	expect((await client.ask('POST', `/supabase/storage/v1/object/plain/${picture}`, asked)).status).toBe(200);
	const kept = join(server.dataFolder, 'data', 'files', 'plain', picture);
	expect(existsSync(kept)).toBe(true);
	await sql`update storage.objects set created_at = now() - interval '25 hours' where name = ${picture}`;
	await sql`update app_private.sweeps set swept_at = '-infinity'`;
	await server.stop();
	// A server looks when it is first asked, and then once a minute.
	server = await startServer({ dataFolder, databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	await client.ask('GET', '/api/entities', { token: ana.token });
	await expect.poll(() => existsSync(stored(due))).toBe(false);
	expect(existsSync(stored(young))).toBe(true);
	await expect.poll(() => existsSync(kept), { message: 'a picture that was stored and never shown' }).toBe(false);
	await sql`update contents set moved_at = now() - interval '2 hours' where id = ${due}`;
	await sql`update app_private.sweeps set swept_at = '-infinity'`;
	await client.ask('GET', '/api/entities', { token: ana.token });
	const left = await sql<{ id: string }[]>`select id from contents where id in (${due}, ${young})`;
	expect(left.map(({ id }) => id)).toEqual([young]);
});
