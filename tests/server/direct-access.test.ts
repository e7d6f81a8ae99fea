import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { claimsOf, signedToken, tokenPart } from '../stage/tokens.ts';
import { functionsIn, snapshotOf, tablesIn } from './catalog.ts';
import type { DatabaseFunction, Table } from './catalog.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { everyRequest } from './every-request.ts';
import { testDatabase } from './test-database.ts';
import { anotherSession, turnOn } from './two-step.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let tables: Table[];
let functions: DatabaseFunction[];
let ana: Account;
let entity: string;
let record: string;
let tokens: { [who: string]: string | undefined };
/** What is Ana's, or names what is hers: none of it may stand in an answer to anybody else. */
let hers: string[];

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_LIMIT_BACKEND: '100000' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
	tables = await tablesIn(sql);
	functions = await functionsIn(sql);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	const change = expense();
	record = change.id;
	await client.push(ana, entity, [change]);
	await client.push(ana, entity, [{ ...expense(), id: record, base: '1' }]);
	const person = await EncryptedPerson.of(client, ana);
	await person.turnOn(entity);
	await person.ask('POST', '/api/keys/reset');
	const kept = await sql<
		{ body: string; change_id: string }[]
	>`select body, change_id from records union select body, change_id from record_history`;
	const [{ epoch, body } = { epoch: '', body: '' }] = await sql<
		{ epoch: string; body: string }[]
	>`select epoch, body from entities`;
	const sealed = await sql<
		{ text: string }[]
	>`select token as text from user_keys union select account_key from user_keys
		union select kem from identities union select body from bundles union select bytes from rosters union select sealed from key_grants`;
	hers = [ana.id, ana.email, entity, record, epoch, body, ...kept.flatMap((row) => [row.body, row.change_id])];
	expect(sealed.length).toBe(6);
	hers.push(...sealed.map(({ text }) => text));

	const stranger = await client.signUp();
	const revoked = await client.signUp();
	await client.ask('POST', '/supabase/auth/v1/logout?scope=global', { token: revoked.token });
	const again = await anotherSession(client, ana);
	await client.ask('POST', '/supabase/auth/v1/logout?scope=local', { token: again });
	await turnOn(client, ana);
	const secret = readFileSync(join(server.dataFolder, 'keys', 'jwt-secret'), 'utf8').trim();
	const claims = claimsOf(ana.token);
	tokens = {
		stranger: stranger.token,
		anonymous: undefined,
		'of a revoked session of hers': again,
		'of hers before its second step': await anotherSession(client, ana),
		'of a revoked session of another': revoked.token,
		'expired, of hers': signedToken({ ...claims, exp: Math.floor(Date.now() / 1000) - 5 }, secret),
		'forged with another secret': signedToken(claims, 'x'.repeat(64)),
		'forged without a signature': `${tokenPart({ alg: 'none', typ: 'JWT' })}.${tokenPart(claims)}.`,
		'with the service role under an old signature': `${ana.token.split('.')[0]}.${tokenPart({ ...claims, role: 'service_role' })}.${ana.token.split('.')[2]}`,
		'without a session': signedToken({ ...claims, session_id: undefined }, secret),
		'with a session of another': signedToken({ ...claims, session_id: claimsOf(stranger.token).session_id }, secret)
	};
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

/** A value for a column or an argument: hers where it names something, so that a leak would hit. */
function plausible(name: string, type: string): unknown {
	if (type === 'uuid')
		return name.includes('user') || name === 'author' ? ana.id : name === 'id' || name === 'record' ? record : entity;
	if (type.endsWith('[]')) return type.startsWith('int') ? [65_536, 3, 1] : ['finances'];
	if (/int|numeric/.test(type)) return 1;
	if (type === 'jsonb' || type === 'json') return name === 'after' ? { finances: '0' } : name === 'changes' ? [] : {};
	if (type.startsWith('timestamp')) return '2020-01-01T00:00:00Z';
	if (type === 'boolean') return true;
	return { domain: 'finances', role: 'owner', state: 'live', kind: 'person', rev: '3', after: '0' }[name] ?? hers[5];
}

const requests = () => everyRequest(client, tables, functions, plausible);

/** Tokens of no session that stands, refused whatever is asked: everything is asked for once. In the soak they are tried with every verb too. */
const REFUSED = /^(expired|forged|with|of a revoked session of another)/;

describe('directly at the REST interface', () => {
	test('the catalog is what is asked about', () => {
		const names = tables.map(({ schema, name }) => `${schema}.${name}`);
		expect(names).toEqual(
			expect.arrayContaining([
				'public.records',
				'public.memberships',
				'public.audit_events',
				'auth.users',
				'auth.sessions',
				'storage.objects'
			])
		);
		expect(functions.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['push_records', 'pull_records', 'require', 'sweep'])
		);
		expect(requests().length).toBe(tables.length * 7 + functions.length * 2);
	});

	test('her own token does read what is hers, so the search for it can find something', async () => {
		const answer = await client.ask('GET', '/supabase/rest/v1/records?select=*', { token: ana.token });
		const text = await answer.text();
		expect(hers.filter((word) => text.includes(word))).toEqual(expect.arrayContaining([entity, record, ana.id]));
	});

	test.each([
		'stranger',
		'anonymous',
		'of a revoked session of hers',
		'of hers before its second step',
		'of a revoked session of another',
		'expired, of hers',
		'forged with another secret',
		'forged without a signature',
		'with the service role under an old signature',
		'without a session',
		'with a session of another'
	])('a token %s gets nothing of hers and changes nothing', async (who) => {
		const data = tables.filter(({ schema }) => ['public', 'app', 'app_private', 'storage'].includes(schema));
		const token = tokens[who];
		const before = await snapshotOf(sql, data);
		for (const asked of Map.groupBy(requests(), ({ subject }) => subject).values()) {
			const some = REFUSED.test(who) && !process.env.ARCA_SOAK ? asked.slice(0, 1) : asked;
			const answers = await Promise.all(
				some.map(async ({ name, send }) => {
					const answer = await send(token);
					return { name, answer, text: await answer.text() };
				})
			);
			for (const { name, answer, text } of answers) {
				const said = `${name}: ${answer.status} ${text}`;
				expect(answer.status, said).toBeLessThan(500);
				expect(
					hers.filter((word) => text.includes(word)),
					said
				).toEqual([]);
				// Of the audit trail a stranger has their own sign-in.
				if (who !== 'stranger' || !name.endsWith('audit_events'))
					expect(answer.headers.get('content-range') ?? '*/0', name).not.toMatch(/\/[1-9]/);
				// Without a session that stands there is nothing to be had at all, be it empty; before its second step one is
				// told that there is one to show.
				const asksStep = who === 'of hers before its second step' && name.includes('get_two_factor');
				if (who !== 'stranger' && !asksStep)
					expect(answer.ok && !['', '[]', 'null'].includes(text.trim()), said).toBe(false);
			}
		}
		const after = await snapshotOf(sql, data);
		for (const [table, rows] of before) {
			// A stranger may draw an id, be noted in their own audit trail, keep their own preferences: hers stays as it is.
			const kept = rows.filter((row) => hers.some((word) => row.includes(word)));
			if (who === 'stranger') expect(after.get(table), table).toEqual(expect.arrayContaining(kept));
			else expect(after.get(table), table).toEqual(rows);
		}
	});

	test('a stranger puts nothing of their own, under a free key, beside what is hers', async () => {
		const own = String(claimsOf(tokens.stranger ?? '').sub);
		const open = tables.filter(({ schema }) => schema === 'public');
		const naming = async () =>
			[...(await snapshotOf(sql, open))].map(([table, rows]) => [table, rows.filter((row) => row.includes(entity))]);
		const before = await naming();
		for (const { name, columns } of open) {
			for (const prefer of ['return=minimal', 'return=minimal,resolution=merge-duplicates']) {
				const values = columns.map((column) => {
					const { name: key, type } = column;
					if (type !== 'uuid') return [key, plausible(key, type)];
					if (/user|author|actor|_by$/.test(key)) return [key, own];
					return [key, key.includes('entity') || name === 'entities' ? entity : randomUUID()];
				});
				const body = Object.fromEntries(values) as { [column: string]: unknown };
				// Whole, and with nothing but the columns that a member's row needs.
				const short = { entity_id: entity, user_id: own, role: 'owner', domains: ['finances'] };
				for (const row of name === 'memberships' ? [body, short] : [body]) {
					const asked = { token: tokens.stranger, headers: { prefer }, body: row };
					const answer = await client.ask('POST', `/supabase/rest/v1/${name}`, asked);
					expect(await naming(), `${name}: ${answer.status} ${await answer.text()}`).toEqual(before);
				}
			}
		}
	});

	test.each(['app', 'app_private', 'auth', 'storage', 'supabase_migrations', 'pg_catalog', 'information_schema'])(
		'the schema %s is not shown, to nobody',
		async (schema) => {
			const headers = { 'accept-profile': schema, 'content-profile': schema };
			for (const path of ['users', 'sessions', 'objects', 'pg_authid', 'tables', 'usage', 'rpc/require'])
				expect(
					(await client.ask('GET', `/supabase/rest/v1/${path}`, { token: ana.token, headers })).status
				).toBeGreaterThanOrEqual(400);
		}
	);
});

describe('with the policies taken away', () => {
	test('the same requests do reach what is hers, so that what stopped them was the policies', async () => {
		await sql`alter table records disable row level security`;
		await sql`alter table memberships disable row level security`;
		await sql`grant update on memberships to authenticated`;
		await sql`alter table memberships disable trigger user`;
		const read = requests().find(({ name }) => name === 'GET public.records');
		const text = (await (await read?.send(tokens.stranger))?.text()) ?? '';
		expect(hers.filter((word) => text.includes(word))).toEqual(expect.arrayContaining([entity, record]));
		const path = '/supabase/rest/v1/memberships?entity_id=not.is.null';
		const answer = await client.ask('PATCH', path, { token: tokens.stranger, body: { role: 'viewer' } });
		expect(answer.ok, await answer.text()).toBe(true);
		const roles = await sql<{ role: string }[]>`select role from memberships where user_id = ${ana.id}`;
		expect([...roles]).toEqual([{ role: 'viewer' }]);
	});
});
