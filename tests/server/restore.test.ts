import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restore } from '../../src/lib/server/backup/restore.ts';
import { readSettings } from '../../src/lib/server/settings.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { mustRun, runCommand, startCommand } from './commands.ts';
import { makeHousehold, newTarget, RECORDS } from './household.ts';
import type { Household } from './household.ts';

let house: Household;
beforeAll(async () => {
	house = await makeHousehold();
}, 240_000);
afterAll(() => house.remove());

describe('the stored files', () => {
	test('come back to the byte; one whose bytes were gone is told of', async () => {
		const target = await newTarget(house);
		const { summary, files, bodies, chains } = await restore(readSettings(target), house.archive, house.identity);
		expect(summary).toMatchObject({ files: 1, missing: 1, records: RECORDS, accounts: 1 });
		expect(files).toEqual({ all: 1, open: 1, damaged: [] });
		expect(bodies).toEqual({ all: RECORDS + 2, open: RECORDS + 2, damaged: [] });
		expect(chains).toEqual({ all: 2, broken: [] });
		const [back, whole] = [target, house.env].map(({ ARCA_DATA }) => readFileSync(join(ARCA_DATA, 'data', house.file)));
		expect(back).toEqual(whole);
	});

	test('are not put where others lie', async () => {
		const target = await newTarget(house);
		const lying = join(target.ARCA_DATA, 'data', 'files', 'sealed', 'somebody');
		mkdirSync(dirname(lying), { recursive: true });
		writeFileSync(lying, 'mine');
		await expect(restore(readSettings(target), house.archive, house.identity)).rejects.toMatchObject({
			code: 'backup/not-empty'
		});
		expect(readFileSync(lying, 'utf8')).toBe('mine');
	});
});

describe('without the system keys', () => {
	test('the rows come back, nothing opens, and the command says so', async () => {
		const target = await newTarget(house, join(house.folder, 'no-keys'));
		const { code, said } = await runCommand('restore', [house.archive, '--identity', house.identity], target);
		expect(code).toBe(3);
		expect(said).toContain(`System layer: 0 of ${RECORDS + 2} bodies open`);
		expect(said).toContain(
			`There are no system keys here: put the copy that you kept into ${join(house.folder, 'no-keys', 'system-keys')}`
		);
		const server = await startServer({
			dataFolder: target.ARCA_DATA,
			databaseUrl: target.ARCA_DATABASE_URL,
			env: {
				...raisedLimits,
				ARCA_KEYS: '',
				ARCA_SYSTEM_KEYS: `1:${randomBytes(32).toString('base64')}`
			}
		});
		const client = await Client.of(server.url);
		const { access_token: token } = (await (await client.signIn(house.ana.email, house.ana.password)).json()) as {
			access_token: string;
		};
		const records = await client.pullAll({ ...house.ana, token }, house.entity);
		await server.stop();
		expect(records).toHaveLength(RECORDS);
		expect(records.every(({ damaged, plain }) => damaged && !plain)).toBe(true);
	});
});

test('an altered row, event or part is found by the restore', async () => {
	const altered = join(house.folder, 'altered.age');
	const sql = postgres(house.env.ARCA_DATABASE_URL, { max: 1, onnotice: () => undefined });
	const path = join(house.env.ARCA_DATA, 'data', house.file);
	const whole = readFileSync(path);
	const [one, other] = await sql<{ id: string; body: string }[]>`select id, body from records order by id limit 2`;
	const swap = async (body = '') => {
		await sql`set session_replication_role = replica`;
		await sql`update records set body = ${body} where id = ${one?.id ?? ''}`;
		await sql`set session_replication_role = origin`;
	};
	await swap(other?.body);
	await sql`alter table audit_events disable trigger user`;
	await sql`update audit_events set actor = null where scope = 'entity'`;
	writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
	try {
		await mustRun('backup', [altered, '--recipient', house.recipient], house.env);
	} finally {
		await swap(one?.body);
		await sql`update audit_events set actor = ${house.ana.id} where scope = 'entity'`;
		await sql`alter table audit_events enable trigger user`;
		writeFileSync(path, whole);
		await sql.end();
	}
	const { bodies, files, chains } = await restore(readSettings(await newTarget(house)), altered, house.identity);
	expect(bodies).toEqual({
		all: RECORDS + 2,
		open: RECORDS + 1,
		damaged: [`records ${house.entity} ${one?.id} revision 1`]
	});
	expect(files).toMatchObject({ all: 1, open: 0 });
	expect(chains).toEqual({ all: 2, broken: [`entity ${house.entity} at event 1`] });
});

test('a restore that is killed midway leaves the backend empty, and the next one succeeds', async () => {
	const target = await newTarget(house);
	const sql = postgres(target.ARCA_DATABASE_URL, { max: 1, onnotice: () => undefined });
	const { child, ended } = startCommand('restore', [house.archive, '--identity', house.identity], target);
	const putting = async () => {
		const [row] = await sql`select count(*)::int as count from pg_stat_activity
			where datname = current_database() and query like '%insert into public.records %' and pid <> pg_backend_pid()`;
		return row?.count as number;
	};
	await expect.poll(putting, { interval: 1, timeout: 100_000 }).toBe(1);
	child.kill('SIGKILL');
	expect(await ended).toMatchObject({ signal: 'SIGKILL', code: null });
	await expect.poll(putting).toBe(0);
	for (const table of ['auth.users', 'public.entities', 'public.records', 'public.audit_events']) {
		expect((await sql.unsafe(`select from ${table}`)).length, table).toBe(0);
	}
	await sql.end();
	expect(await mustRun('restore', [house.archive, '--identity', house.identity], target)).toContain(
		`records: ${RECORDS}`
	);
});

// Two more starts of PGlite.
if (process.env.ARCA_SOAK)
	test('the same on PGlite, killed when the rows are in and the files follow', async () => {
		const target = { ...(await newTarget(house)), ARCA_DATABASE_URL: '' };
		const { child, ended } = startCommand('restore', [house.archive, '--identity', house.identity], target);
		const waiting = join(target.ARCA_DATA, 'data', 'files.restoring');
		await expect.poll(() => existsSync(waiting), { interval: 1, timeout: 100_000 }).toBe(true);
		child.kill('SIGKILL');
		expect(await ended).toMatchObject({ signal: 'SIGKILL', code: null });
		expect(existsSync(join(target.ARCA_DATA, 'data', 'files'))).toBe(false);
		// It refuses a backend that holds anything.
		const said = await mustRun('restore', [house.archive, '--identity', house.identity], target);
		expect(said).toContain(`records: ${RECORDS}`);
		expect(existsSync(waiting)).toBe(false);
	});
