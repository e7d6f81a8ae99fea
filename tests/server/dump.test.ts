import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../stage/postgres.ts';
import type { TestPostgres } from '../stage/postgres.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import { spellings } from './spellings.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Words and numbers that stand nowhere else in the world. */
function plantWords() {
	const tag = randomUUID().slice(0, 8);
	return {
		payee: `Xylofonbau Ñuñez ${tag}`,
		note: `Überweisung für Quark ${tag}`,
		name: `Haus Zwölfapfel ${tag}`,
		minor: Number(`7${Date.now()}`)
	};
}

/** Everybody's way through the app: records, an edit, an entity's name and fields, a refused change. */
async function fillWith(client: Client, { payee, note, name, minor }: ReturnType<typeof plantWords>): Promise<void> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana, name);
	const changes = Array.from({ length: 30 }, () => expense({ payee, note, amount: { minor, currency: 'EUR' } }));
	await client.push(ana, entity, changes);
	const [first = expense()] = changes;
	await client.push(ana, entity, [{ ...expense({ payee, note }), id: first.id, base: '1' }]);
	await client.push(ana, entity, [{ ...expense({ payee, note }), id: first.id, base: '1' }]);
	await client.ask('PATCH', `/api/entities/${entity}`, {
		body: { base: '1', name: `${name}!`, values: { note } },
		token: ana.token
	});
	await client.ask('POST', '/supabase/rest/v1/preferences', { body: { user_id: ana.id }, token: ana.token });
}

/** Which of the planted words are found in any of the texts or files, in any spelling. */
function findIn(words: (string | number)[], texts: Iterable<Buffer>): (string | number)[] {
	const found = new Set<string | number>();
	for (const text of texts) {
		for (const word of words) {
			if (!found.has(word) && spellings(String(word)).some((spelling) => text.includes(spelling))) found.add(word);
		}
	}
	return [...found];
}

function* filesBelow(folder: string): Generator<Buffer> {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (entry.isFile()) yield readFileSync(join(entry.parentPath, entry.name));
	}
}

/** Every table of every schema, row by row, as text. */
async function* tablesOf(sql: postgres.Sql): AsyncGenerator<Buffer> {
	const tables = await sql<{ name: string }[]>`
		select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'm', 'p') and n.nspname not in ('information_schema')
	`;
	expect(tables.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['public.records', 'public.record_history', 'public.audit_events', 'auth.users'])
	);
	for (const { name } of tables) {
		const rows = await sql.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`);
		yield Buffer.from(rows.map(({ text }) => text).join('\n'));
	}
}

async function collect(texts: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const all: Buffer[] = [];
	for await (const text of texts) all.push(text);
	return all;
}

describe('what lies on disk shows nothing that was typed', () => {
	test('on PostgreSQL: tables, raw files, write-ahead log and logs', async () => {
		const cluster = await ownCluster();
		const databaseUrl = await cluster.createDatabase();
		const server = await startServer({ databaseUrl, env: raisedLimits });
		const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
		try {
			const planted = plantWords();
			const words = Object.values(planted);
			await fillWith(await Client.of(server.url), planted);
			await sql`checkpoint`;
			expect(findIn(words, await collect(tablesOf(sql)))).toEqual([]);
			expect(findIn(words, filesBelow(cluster.folder ?? ''))).toEqual([]);
			expect(findIn(words, filesBelow(server.dataFolder))).toEqual([]);
			expect(findIn(words, [Buffer.from(server.log())])).toEqual([]);

			// The same searches find what is not sealed, however it is spelt.
			await sql`create table public.planted (text text)`;
			const spelt = [
				planted.payee,
				Buffer.from(planted.note).toString('base64url'),
				Buffer.from(`x${planted.name}`).toString('base64'),
				Buffer.from(String(planted.minor)).toString('hex')
			];
			for (const text of spelt) await sql`insert into planted values (${text})`;
			await sql`checkpoint`;
			expect(findIn(words, await collect(tablesOf(sql))).sort()).toEqual([...words].sort());
			expect(findIn(words, filesBelow(cluster.folder ?? '')).sort()).toEqual([...words].sort());
		} finally {
			await sql.end();
			await server.stop();
			await cluster.stop();
		}
	});

	test('on PGlite: the whole data folder and the log', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'arca-dump-'));
		folders.push(folder);
		const server = await startServer({ dataFolder: folder, env: raisedLimits });
		const client = await Client.of(server.url);
		const planted = plantWords();
		const words = Object.values(planted);
		await fillWith(client, planted);
		// An e-mail address is not sealed, so the same search must find one.
		const email = `planted-${randomUUID()}@example.org`;
		await client.signUp(email);
		await server.stop();
		expect(findIn(words, filesBelow(folder))).toEqual([]);
		expect(findIn(words, [Buffer.from(server.log())])).toEqual([]);
		expect(findIn([email], filesBelow(folder))).toEqual([email]);
	});
});

/** A PostgreSQL of this test alone, since all its files are searched. */
async function ownCluster(): Promise<TestPostgres> {
	const shared = process.env.ARCA_TEST_POSTGRES;
	delete process.env.ARCA_TEST_POSTGRES;
	try {
		return await startPostgres();
	} finally {
		if (shared) process.env.ARCA_TEST_POSTGRES = shared;
	}
}
