import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Entity } from '../../src/lib/api/entity.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { mustRun, runCommand } from './commands.ts';
import { ownersDatabase, testDatabase } from './test-database.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'arca-drill-'));
	folders.push(folder);
	return folder;
}

/** Everything of hers that the interface shows, to the character. */
async function seenBy(client: Client, { token }: Account, entity: string, record: string): Promise<unknown> {
	const ask = async (method: string, path: string, body?: unknown) =>
		(await client.ask(method, path, { token, ...(body ? { body } : {}) })).text();
	const after = { finances: '0', health: '0', administration: '0', chat: '0' };
	const pulled = await ask('POST', '/api/records/pull', { entity, after });
	return {
		records: pulled.slice(0, pulled.indexOf('"more"')),
		history: await ask('GET', `/api/records/${entity}/${record}/history`),
		preferences: await ask('GET', '/supabase/rest/v1/preferences'),
		names: (await entitiesOf(client, token)).map(({ epoch: _, restoredFrom: __, ...rest }) => rest)
	};
}

async function entitiesOf(client: Client, token: string): Promise<Entity[]> {
	return (await client.must<{ entities: Entity[] }>('GET', '/api/entities', { token })).entities;
}

interface Event {
	action: string;
	actor: string | null;
	hash: string;
}

async function auditOf(client: Client, token: string, entity: string): Promise<Event[]> {
	const body = { entity, after: '0' };
	return (await client.must<{ events: Event[] }>('POST', '/supabase/rest/v1/rpc/list_audit', { body, token })).events;
}

/** Pushes to an entity until told to stop. */
function keepPushing(
	client: Client,
	ana: Account,
	entity: string
): { pushed: () => number; stop: () => Promise<void> } {
	let pushed = 0;
	let isOn = true;
	const pushing = (async () => {
		while (isOn) {
			await client.push(ana, entity, [expense(), expense()]);
			pushed += 2;
		}
	})();
	return {
		pushed: () => pushed,
		stop: () => {
			isOn = false;
			return pushing;
		}
	};
}

/** As a household does that outgrows its first machine; the other ways are made of the same halves, and in the soak. */
const outgrown = ['PGlite', 'PostgreSQL'];
const others = [
	['PostgreSQL', 'PGlite'],
	['PGlite', 'PGlite'],
	['PostgreSQL', 'PostgreSQL']
];

describe.each(process.env.ARCA_SOAK ? [outgrown, ...others] : [outgrown])(
	'a backup of %s while people write, restored into %s',
	(from, to) => {
		test('brings back every record, its history and the audit trail, and no session', async () => {
			const databaseUrl = from === 'PostgreSQL' ? await testDatabase() : '';
			const [source, target] = [newFolder(), newFolder()];
			const [identity, archive] = [join(newFolder(), 'identity'), join(target, 'household.age')];
			const here = { ARCA_DATA: source, ARCA_DATABASE_URL: databaseUrl };
			const there = {
				ARCA_DATA: join(target, 'arca'),
				ARCA_KEYS: join(source, 'keys'),
				ARCA_DATABASE_URL: to === 'PostgreSQL' ? await ownersDatabase() : ''
			};
			const said = await mustRun('backup', ['--new-identity', identity], here);
			const recipient = /age1\w+/.exec(said)?.[0] ?? '';
			expect(statSync(identity).mode & 0o777).toBe(0o600);

			const first = await startServer({ dataFolder: source, databaseUrl, env: raisedLimits });
			let client = await Client.of(first.url);
			const ana = await client.signUp();
			const entity = await client.createEntity(ana, 'Ana Ñuñez');
			const changes = Array.from({ length: 120 }, (_, line) => expense({ payee: `Payee ${line} "\\\n\t` }));
			await client.push(ana, entity, changes);
			const [edited = expense(), binned = expense()] = changes;
			await client.push(ana, entity, [{ ...expense({ payee: 'edited' }), id: edited.id, base: '1' }]);
			const plain = { ...expense().plain, meta: { at: '2026-03-02T09:30:00.000Z', deleted: true } };
			await client.push(ana, entity, [{ ...expense(), id: binned.id, base: '1', plain } as typeof binned]);
			const preferences = { user_id: ana.id, body: { language: 'es', note: "o'clock" } };
			await client.must('POST', '/supabase/rest/v1/preferences', { body: preferences, token: ana.token });
			const busy = await client.createEntity(ana, 'Busy');
			const pushing = keepPushing(client, ana, busy);
			await expect.poll(pushing.pushed).toBeGreaterThan(10);

			if (from === 'PGlite') expect(statSync(join(source, 'data', 'operator')).mode & 0o777).toBe(0o600);
			const before = pushing.pushed();
			const began = Date.now();
			const told = await mustRun('backup', [archive, '--recipient', recipient], here);
			const ended = Date.now();
			await pushing.stop();
			expect(told).toContain('vaults: 2');
			expect(told).toContain(join(source, 'keys', 'system-keys'));
			const kept = await seenBy(client, ana, entity, edited.id);
			const trail = await auditOf(client, ana.token, entity);
			const epochs = (await entitiesOf(client, ana.token)).map(({ epoch }) => epoch);
			const pushed = await client.pullAll(ana, busy);
			await first.stop();

			const restored = await mustRun('restore', [archive, '--identity', identity], there);
			expect(restored).toContain('Restored vaults: 2');
			expect(restored).toMatch(/System layer: (\d+) of \1 bodies open/);
			expect(restored).toMatch(/Audit: (\d+) of \1 chains are whole/);
			const again = await runCommand('restore', [archive, '--identity', identity], there);
			expect(again).toMatchObject({ code: 1, said: expect.stringContaining('This backend is not empty') as string });

			const second = await startServer({
				dataFolder: there.ARCA_DATA,
				databaseUrl: there.ARCA_DATABASE_URL,
				env: { ...raisedLimits, ARCA_KEYS: there.ARCA_KEYS }
			});
			client = await Client.of(second.url);
			expect((await client.ask('GET', '/api/entities', { token: ana.token })).status).toBe(401);
			const refresh = { body: { refresh_token: ana.refreshToken } };
			const refreshed = await client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', refresh);
			expect(refreshed.status).toBe(400);
			expect((await client.signIn(ana.email, `${ana.password}!`)).status).toBe(400);
			const signedIn = await client.signIn(ana.email, ana.password);
			expect(signedIn.status).toBe(200);
			const her = { ...ana, token: ((await signedIn.json()) as { access_token: string }).access_token };

			expect(await seenBy(client, her, entity, edited.id)).toEqual(kept);
			const events = await auditOf(client, her.token, entity);
			expect(events.slice(0, -1)).toEqual(trail);
			expect(events.at(-1)).toMatchObject({ action: 'entity.restore', actor: null });
			for (const { epoch, restoredFrom } of await entitiesOf(client, her.token)) {
				expect(epochs).not.toContain(epoch);
				expect(Date.parse(restoredFrom ?? '')).toBeGreaterThanOrEqual(began);
				expect(Date.parse(restoredFrom ?? '')).toBeLessThanOrEqual(ended);
			}

			// What was pushed meanwhile came back up to one moment, and the numbers go on from there.
			const back = await client.pullAll(her, busy);
			expect(back.length).toBeGreaterThanOrEqual(before);
			expect(back.length).toBeLessThan(pushed.length);
			expect(back).toEqual(pushed.slice(0, back.length));
			const { results } = await client.push(her, busy, [expense()]);
			expect(results[0]).toMatchObject({ status: 'accepted', seq: String(back.length + 1) });
			await client.signUp(`somebody-${randomUUID()}@example.org`);
			await second.stop();
		});
	}
);
