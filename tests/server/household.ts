import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { expect } from 'vitest';
import { writeNewIdentity } from '../../src/lib/server/backup/age-keys.ts';
import { restore } from '../../src/lib/server/backup/restore.ts';
import { readSettings } from '../../src/lib/server/settings.ts';
import { parseSystemKeys, SystemLayer } from '../../src/lib/server/system-layer/index.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { tablesIn } from './catalog.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { mustRun } from './commands.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';

/** How many records the household has. */
export const RECORDS = 3000;

/** A household on PostgreSQL, whose server has ended, and a backup of it. */
export interface Household {
	/** Where everything of the test lies. */
	folder: string;
	/** The environment of its commands. */
	env: { ARCA_DATA: string; ARCA_DATABASE_URL: string };
	ana: Account;
	entity: string;
	/** Stands in every record and in the entity's name. */
	payee: string;
	/** Where the one stored file lies below the data folder; a second one has a row and no bytes. */
	file: string;
	recipient: string;
	identity: string;
	archive: string;
	remove(): void;
}

export async function makeHousehold(): Promise<Household> {
	const folder = mkdtempSync(join(tmpdir(), 'arca-household-'));
	const [identity, archive] = [join(folder, 'identity'), join(folder, 'household.age')];
	const recipient = await writeNewIdentity(identity);
	const env = { ARCA_DATA: join(folder, 'source'), ARCA_DATABASE_URL: await testDatabase() };
	const server = await startServer({
		dataFolder: env.ARCA_DATA,
		databaseUrl: env.ARCA_DATABASE_URL,
		env: raisedLimits
	});
	const client = await Client.of(server.url);
	const payee = `Xylofonbau Ñuñez ${randomUUID()}`;
	const ana = await client.signUp();
	const entity = await client.createEntity(ana, payee);
	await (await EncryptedPerson.of(client, ana)).turnOn(entity);
	for (let left = RECORDS; left > 0; left -= 500) {
		const changes = Array.from({ length: 500 }, () => expense({ payee }));
		await client.push(ana, entity, changes);
	}
	await server.stop();
	const file = await storePart(env, entity);
	await mustRun('backup', [archive, '--recipient', recipient], env);
	const remove = () => rmSync(folder, { recursive: true, force: true });
	return { folder, env, ana, entity, payee, file, recipient, identity, archive, remove };
}

/** A sealed part of a file as the server stores one, and an object whose bytes are gone. */
async function storePart({ ARCA_DATA, ARCA_DATABASE_URL }: Household['env'], entity: string): Promise<string> {
	const sql = postgres(ARCA_DATABASE_URL, { max: 1, onnotice: () => undefined });
	const object = randomUUID();
	const name = `${entity}/health/sealed/${object}/0000`;
	await sql`insert into contents (id, entity_id, domain, file, author, state, parts)
		select ${object}, ${entity}, 'health', ${randomUUID()}, created_by, 'used', 2 from entities where id = ${entity}`;
	for (const stored of [name, `${name.slice(0, -4)}0001`]) {
		await sql`insert into storage.objects (bucket_id, name) values ('sealed', ${stored})`;
	}
	await sql.end();
	const ring = readFileSync(join(ARCA_DATA, 'keys', 'system-keys'), 'utf8').trim();
	const place = { purpose: 'file', entity, domain: 'health', object, revision: 0n } as const;
	const file = join('files', 'sealed', name);
	mkdirSync(dirname(join(ARCA_DATA, 'data', file)), { recursive: true });
	const sealed = new SystemLayer(parseSystemKeys(ring)).seal(place, Buffer.from('a scan'));
	writeFileSync(join(ARCA_DATA, 'data', file), sealed);
	return file;
}

/** An empty PostgreSQL and a folder that does not exist yet, with the household's keys unless others are named. */
export async function newTarget({ folder, env }: Household, keys = join(env.ARCA_DATA, 'keys')) {
	const ARCA_DATA = join(folder, `target-${randomUUID()}`);
	return { ARCA_DATA, ARCA_KEYS: keys, ARCA_DATABASE_URL: await testDatabase() };
}

/** What a restore says that must fail; the target is then looked at: nothing may have been made. */
export async function refusal(household: Household, archive: string, identity = household.identity): Promise<string> {
	const target = await newTarget(household);
	const error = await restore(readSettings(target), archive, identity).catch((error: unknown) => error);
	expect(error).toMatchObject({ name: 'BackupError' });
	expect(existsSync(target.ARCA_DATA)).toBe(false);
	const sql = postgres(target.ARCA_DATABASE_URL, { max: 1 });
	expect((await tablesIn(sql)).length).toBe(0);
	await sql.end();
	return (error as Error).message;
}
