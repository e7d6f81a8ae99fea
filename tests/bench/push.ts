/**
 * A push of 1,000 records (two batches of 500) through the built server on PostgreSQL, from the request's making to
 * the last result, against one bare multi-row insert of the very bodies it stored, by the postgres driver, into a table
 * of the same columns, checks and indexes, without policies or triggers. In turns, in one run.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import postgres from 'postgres';
import { median } from '../stage/median.ts';
import { startPostgres } from '../stage/postgres.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';

const count = 1_000;
const batch = 500;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 15);

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const cluster = await startPostgres();
const databaseUrl = await cluster.createDatabase();
const server = await startServer({ databaseUrl, env: raisedLimits });
const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });

try {
	const { token, entity } = await settle();
	await sql`create table bare (like public.records including all)`;
	const ours: number[] = [];
	const peer: number[] = [];
	for (let round = -2; round < rounds; round++) {
		const batches = [batchOf(0), batchOf(batch)];
		const pushed = await timed(() => push(token, entity, batches));
		const rows = await sql`
			select entity_id, id, domain, rev, seq, generation, state, change_id, author, created_at, updated_at, body
			from public.records where entity_id = ${entity} order by seq desc limit ${count}
		`;
		if (rows.length !== count) throw new Error('not everything was stored');
		const inserted = await timed(() => sql`insert into bare ${sql(rows)}`);
		// The first two rounds warm both sides up.
		if (round < 0) continue;
		ours.push(pushed);
		peer.push(inserted);
	}
	const [mine, theirs] = [median(ours), median(peer)];
	const line = { bench: 'push', ours: round2(mine), peer: round2(theirs), ratio: round2(mine / theirs), target: 2.5 };
	console.log(JSON.stringify(line));
} finally {
	agent.destroy();
	await sql.end();
	await server.stop();
	await cluster.stop();
}

/** An account and an entity to push to. */
async function settle(): Promise<{ token: string; entity: string }> {
	const { publishableKey } = await get<{ publishableKey: string }>('/api/config');
	const email = `${randomUUID()}@example.org`;
	const account = { email, password: 'a long enough passphrase 7' };
	const { access_token: token } = await post<{ access_token: string }>('/supabase/auth/v1/signup', account, {
		apikey: publishableKey
	});
	const headers = { authorization: `Bearer ${token}` };
	const { entities } = await post<{ entities: { id: string }[] }>(
		'/api/entities',
		{ kind: 'person', name: 'Ana' },
		headers
	);
	return { token, entity: entities[0]?.id ?? '' };
}

async function push(token: string, entity: string, batches: object[][]): Promise<void> {
	for (const changes of batches) {
		const headers = { authorization: `Bearer ${token}` };
		const { results } = await post<{ results: { status: string }[] }>(
			'/api/records/push',
			{ entity, changes },
			headers
		);
		if (results.length !== batch || results.some(({ status }) => status !== 'accepted'))
			throw new Error('a change was not accepted');
	}
}

function batchOf(from: number): object[] {
	return Array.from({ length: batch }, (_, line) => changeOf(from + line));
}

/** An expense as a bank statement's import makes it. */
function changeOf(line: number): object {
	const values = {
		date: '2026-03-01',
		amount: { minor: 100 + line, currency: 'EUR' },
		payee: `Panadería Núñez ${line}`,
		account: randomUUID(),
		category: 'groceries'
	};
	const meta = { at: '2026-03-01T09:30:00.000Z', source: { import: randomUUID(), format: 'csv', line } };
	return {
		change: randomUUID(),
		id: randomUUID(),
		domain: 'finances',
		base: '0',
		plain: { kind: 'expense', version: 1, values, meta }
	};
}

async function get<T>(path: string): Promise<T> {
	return (await (await fetch(`${server.url}${path}`)).json()) as T;
}

async function post<T>(path: string, body: object, headers: { [name: string]: string }): Promise<T> {
	const { status, text } = await send(path, JSON.stringify(body), headers);
	if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${text}`);
	return JSON.parse(text) as T;
}

/** By Node's plain client over one lasting connection, as the peer has one: what `fetch` adds to it is not the server's. */
async function send(path: string, body: string, headers: { [name: string]: string }) {
	const bytes = Buffer.from(body);
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		const asked = request(
			`${server.url}${path}`,
			{
				method: 'POST',
				agent,
				headers: { ...headers, 'content-type': 'application/json', 'content-length': bytes.length }
			},
			resolve
		);
		asked.once('error', reject).end(bytes);
	});
	const parts: Buffer[] = [];
	for await (const part of answer) parts.push(part as Buffer);
	return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() };
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

function round2(number: number): number {
	return Math.round(number * 100) / 100;
}
