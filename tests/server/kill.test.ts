import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Change } from '../../src/lib/api/record.ts';
import { startServer } from '../stage/server.ts';
import type { ServerOptions } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

const count = 1_000;
const batch = 50;
const kills = process.env.ARCA_SOAK ? 20 : 3;
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * Pushes 1,000 records in batches while the server is killed at some moment, starts it again on what is left, and looks:
 * what was acknowledged is there; sent again, all of it is there once.
 */
async function killDuringPush(options: ServerOptions): Promise<void> {
	const first = await startServer(options);
	let client = await Client.of(first.url);
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const changes = Array.from({ length: count }, (_, line) => expense({ payee: `Payee ${line}` }));
	const acknowledged = new Map<string, { rev: string; seq: string }>();

	// The last batch is for later: however late the kill comes, something is left to be pushed.
	const pushing = pushAll(client, ana, entity, changes.slice(0, -batch), acknowledged).catch(() => undefined);
	// After some batches, and somewhere within the next one.
	const stopAfter = randomInt(1, count / batch - 2) * batch;
	await expect.poll(() => acknowledged.size, { interval: 1, timeout: 60_000 }).toBeGreaterThanOrEqual(stopAfter);
	await delay(randomInt(0, 40));
	await first.kill9();
	await pushing;

	const second = await startServer(options);
	client = await Client.of(second.url);
	const kept = await client.pullAll(ana, entity);
	const byId = new Map(kept.map((record) => [record.id, record]));
	expect(byId.size).toBe(kept.length);
	for (const [id, { rev, seq }] of acknowledged) expect(byId.get(id), id).toMatchObject({ rev, seq });
	expect(kept.every(({ damaged }) => !damaged)).toBe(true);

	const again = new Map<string, { rev: string; seq: string }>();
	await pushAll(client, ana, entity, changes, again);
	for (const [id, { rev, seq }] of acknowledged) expect(again.get(id), id).toEqual({ rev, seq });
	const all = await client.pullAll(ana, entity);
	expect(all.map(({ id }) => id).sort()).toEqual(changes.map(({ id }) => id).sort());
	expect(all.every(({ rev }) => rev === '1')).toBe(true);
	expect(new Set(all.map(({ seq }) => seq)).size).toBe(count);
	await second.stop();
}

/** Pushes batch by batch and notes what was acknowledged. */
async function pushAll(
	client: Client,
	ana: Account,
	entity: string,
	changes: Change[],
	acknowledged: Map<string, { rev: string; seq: string }>
): Promise<void> {
	for (let from = 0; from < changes.length; from += batch) {
		const { results } = await client.push(ana, entity, changes.slice(from, from + batch));
		for (const result of results) {
			if (result.status !== 'accepted') throw new Error(`${result.id} was not accepted: ${result.status}`);
			acknowledged.set(result.id, { rev: result.rev, seq: result.seq });
		}
	}
}

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'arca-kill-'));
	folders.push(folder);
	return folder;
}

describe('kill -9 during pushes of 1,000 records', () => {
	test.each(Array.from({ length: kills }, (_, turn) => turn + 1))(
		'loses nothing acknowledged and doubles nothing on PostgreSQL, time %i',
		async () => {
			await killDuringPush({ dataFolder: newFolder(), databaseUrl: await testDatabase(), env: raisedLimits });
		}
	);

	test('loses nothing acknowledged and doubles nothing on PGlite', async () => {
		await killDuringPush({ dataFolder: newFolder(), env: raisedLimits });
	});
});
