/**
 * The first sync of 20,000 records on a new device (pulled page by page, checked, judged, sealed and stored through the
 * real replica and store, over fake-indexeddb) from the built server on PostgreSQL, against a bare fetch of the same
 * pages whose JSON is parsed and let go. In turns, in one run.
 */
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { PullAnswer } from '../../src/lib/api/record.ts';
import { openRecordStore } from '../../src/lib/device/open-record-store.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
import { Replica } from '../../src/lib/sync/replica.ts';
import { Client, expense } from '../server/client.ts';
import { median } from '../stage/median.ts';
import { startPostgres } from '../stage/postgres.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';

const count = 20_000;
const batch = 500;
const rounds = Number(process.env.ARCA_BENCH_ROUNDS ?? 7);

const cluster = await startPostgres();
const server = await startServer({ databaseUrl: await cluster.createDatabase(), env: raisedLimits });
try {
	const client = await Client.of(server.url);
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	for (let line = 0; line < count; line += batch) {
		const changes = Array.from({ length: batch }, (_, place) => expense({ payee: `Panadería Núñez ${line + place}` }));
		await client.push(ana, entity, changes);
	}
	const ours: number[] = [];
	const peer: number[] = [];
	for (let round = -1; round < rounds; round++) {
		const bare = await timed(() => fetchPages(ana.token, entity));
		const synced = await timed(() => firstSync(ana.token, entity, ana.id));
		// The first round warms both sides up.
		if (round < 0) continue;
		ours.push(synced);
		peer.push(bare);
	}
	const [mine, theirs] = [median(ours), median(peer)];
	const line = {
		bench: 'first-sync',
		ours: round2(mine),
		peer: round2(theirs),
		ratio: round2(mine / theirs),
		target: 1.5
	};
	console.log(JSON.stringify(line));
} finally {
	await server.stop();
	await cluster.stop();
}

/** What any client must do: ask for page after page, and read where the next one begins. */
async function fetchPages(token: string, entity: string): Promise<void> {
	let after: PullAnswer['after'] = { finances: '0' };
	let found = 0;
	for (let more = true; more;) {
		const answer = await fetch(`${server.url}/api/records/pull`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ entity, after, limit: 1000 })
		});
		const page = (await answer.json()) as PullAnswer;
		found += page.records.length;
		({ after, more } = page);
	}
	if (found !== count) throw new Error(`${found} records came`);
}

/** A device that holds nothing opens the entity and syncs. */
async function firstSync(token: string, entity: string, account: string): Promise<void> {
	const store = await openRecordStore(randomUUID());
	const shown = new Set<string>();
	const replica = await Replica.open({
		entity,
		domains: ['finances'],
		account,
		store,
		client: createApiClient({
			accessToken: () => Promise.resolve(token),
			fetch: (path, init) => fetch(server.url + (path as string), init)
		}),
		onRecords: (records) => records.forEach(({ id }) => shown.add(id))
	});
	await replica.sync();
	if (shown.size !== count || !replica.pulled || !store.lasting) throw new Error(`${shown.size} records were stored`);
	replica.close();
	store.close();
}

async function timed(work: () => Promise<void>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

function round2(number: number): number {
	return Math.round(number * 100) / 100;
}
