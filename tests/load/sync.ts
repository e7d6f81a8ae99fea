/**
 * Two hundred signed-in devices of a hundred people, two on each entity, that pull, write and rest for two minutes against
 * one built server: on PGlite, on PostgreSQL, and there with the limits counted in the database. Nothing but 429 may be answered besides 200; afterwards a device that
 * begins from nothing must find each record once, as it was last accepted; the server's resident size must stay flat.
 * Prints one JSON line for each backend. ARCA_LOAD_PEOPLE and ARCA_LOAD_SECONDS make it smaller.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../server/client.ts';
import type { Account } from '../server/client.ts';
import { startPostgres } from '../stage/postgres.ts';
import { residentSize } from '../stage/resident-size.ts';
import { startServer } from '../stage/server.ts';
import { Device, revisionsIn } from './device.ts';
import type { Tally } from './device.ts';
import { Ledger } from './ledger.ts';

const PEOPLE = Number(process.env.ARCA_LOAD_PEOPLE ?? 100);
const SECONDS = Number(process.env.ARCA_LOAD_SECONDS ?? 120);
/** Memory is flat when its median in the last quarter is at most so much above that of the second. */
const MOST_GROWTH = 32 * 1024 * 1024;
/** A hundred people sign in from one address before it begins, which the limits are there to slow down. */
const door = { ARCA_LIMIT_ADDRESS: '10000', ARCA_LIMIT_HIGH_RISK: '10000', ARCA_LIMIT_BACKEND: '10000' };

const backends: [name: string, env: Record<string, string>][] = [
	['embedded', {}],
	['postgres', {}],
	['postgres-limits', { ARCA_LIMITS: 'database' }]
];

const postgres = await startPostgres();
try {
	for (const [backend, env] of backends) {
		const line = await run(backend, env, backend === 'embedded' ? undefined : await postgres.createDatabase());
		console.log(JSON.stringify(line));
		if (line.wrong > 0 || line.errors > 0 || line.asides > 0 || line.growth > MOST_GROWTH) process.exitCode = 1;
	}
} finally {
	await postgres.stop();
}

async function run(backend: string, env: Record<string, string>, databaseUrl?: string) {
	const server = await startServer({ env: { ...door, ...env }, ...(databaseUrl ? { databaseUrl } : {}) });
	try {
		const client = await Client.of(server.url);
		const tally: Tally = { took: { pull: [], push: [] }, other: new Map(), accepted: 0, conflicts: 0, repeated: 0 };
		const people = [];
		for (let n = 0; n < PEOPLE; n++) people.push(await settle(client));
		const end = performance.now() + SECONDS * 1000;
		const sizes = watch(server.pid, end);
		await Promise.all(
			people.flatMap(({ devices, entity, ledger }) =>
				devices.map((account) => new Device(client, account, entity, ledger, tally).live(end))
			)
		);
		const wrong: string[] = [];
		for (const { devices, entity, ledger } of people) {
			const [fresh] = devices;
			if (fresh) wrong.push(...ledger.compare(revisionsIn(await client.pullAll(fresh, entity))));
		}
		wrong.slice(0, 10).forEach((sentence) => console.error(sentence));
		const { other, took, ...counted } = tally;
		const limited = other.get('429') ?? 0;
		const errors = [...other.values()].reduce((sum, count) => sum + count, 0) - limited;
		const records = people.reduce((sum, { ledger }) => sum + ledger.records, 0);
		const perSecond = Math.round((took.pull.length + took.push.length) / SECONDS);
		const times = { pull: percentiles(took.pull), push: percentiles(took.push) };
		const resident = await sizes;
		// Where the database was not asked, this would be a run of the memory's limits under another name.
		const asides = server.log().split('limits are counted in memory').length - 1;
		return {
			load: backend,
			devices: PEOPLE * 2,
			seconds: SECONDS,
			perSecond,
			records,
			...counted,
			limited,
			errors,
			wrong: wrong.length,
			asides,
			milliseconds: times,
			...growthIn(resident)
		};
	} finally {
		await server.stop();
	}
}

/** A new person with an entity and two devices. */
async function settle(client: Client): Promise<{ devices: Account[]; entity: string; ledger: Ledger }> {
	const first = await client.signUp();
	const entity = await client.createEntity(first);
	const answer = (await (await client.signIn(first.email, first.password)).json()) as { access_token: string };
	return { devices: [first, { ...first, token: answer.access_token }], entity, ledger: new Ledger() };
}

/** The resident sizes of the server, once a second until the end. */
async function watch(pid: number, end: number): Promise<number[]> {
	const sizes: number[] = [];
	while (performance.now() < end) {
		sizes.push(await residentSize(pid));
		await pause(1000);
	}
	return sizes;
}

function growthIn(sizes: readonly number[]): { resident: number; growth: number } {
	const quarter = Math.floor(sizes.length / 4);
	const [second, last] = [middle(sizes.slice(quarter, 2 * quarter)), middle(sizes.slice(-quarter))];
	return { resident: last, growth: last - second };
}

function middle(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Whole milliseconds that half, 95 and 99 of 100 answers took at most. */
function percentiles(values: readonly number[]): number[] {
	const sorted = [...values].sort((a, b) => a - b);
	return [0.5, 0.95, 0.99].map((part) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0));
}
