import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeNewIdentity } from '../../src/lib/server/backup/age-keys.ts';
import { archiveName, lookOnce } from '../../src/lib/server/backup/daily.ts';
import { readArchive } from '../../src/lib/server/backup/read-archive.ts';
import type { MakeArchive } from '../../src/lib/server/backup/seal-archive.ts';
import { readSettings } from '../../src/lib/server/settings.ts';
import { startServer } from '../stage/server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';

const root = mkdtempSync(join(tmpdir(), 'arca-daily-'));
const identity = join(root, 'identity');
let recipients: string;
let folder: string;
beforeAll(async () => {
	recipients = await writeNewIdentity(identity);
});
beforeEach(() => {
	folder = mkdtempSync(join(root, 'archives-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const noon = Date.UTC(2026, 2, 1, 12);
const hour = 60 * 60 * 1000;

/** Makes archives of one word; `fails` breaks off in the middle. */
function maker(fails = false): MakeArchive {
	return () => {
		const parts = async function* () {
			yield Buffer.from(await Promise.resolve('arc'));
			if (fails) throw new Error('unplugged');
			yield Buffer.from('hive');
		};
		const done = fails ? Promise.reject(new Error('unplugged')) : Promise.resolve({} as never);
		done.catch(() => undefined);
		return Promise.resolve({ sealed: parts(), done });
	};
}

test('an archive is made when the newest is a day old, and not before', async () => {
	const daily = { folder, keep: 14, recipients };
	const first = await lookOnce(daily, maker(), noon);
	expect(first).toBe(join(folder, 'arca-2026-03-01T12-00-00Z.age'));
	expect(readFileSync(first ?? '', 'utf8')).toBe('archive');
	expect(await lookOnce(daily, maker(), noon + 23 * hour)).toBeUndefined();
	expect(await lookOnce(daily, maker(), noon + 24 * hour)).toBeDefined();
	expect(readdirSync(folder)).toHaveLength(2);
});

test('so many stay, and nothing else of the folder is touched', async () => {
	const others = ['arca-notes.age', 'arca-2026-03-01.age', 'letter.txt'];
	others.forEach((name) => writeFileSync(join(folder, name), 'mine'));
	writeFileSync(join(folder, `${archiveName(noon - 99 * hour)}.unfinished`), 'arc');
	for (let day = 0; day < 5; day += 1) await lookOnce({ folder, keep: 3, recipients }, maker(), noon + day * 24 * hour);
	const kept = [2, 3, 4].map((day) => archiveName(noon + day * 24 * hour));
	expect(readdirSync(folder).sort()).toEqual([...others, ...kept].sort());
});

test('one that breaks off leaves no archive and deletes none', async () => {
	const daily = { folder, keep: 1, recipients };
	await lookOnce(daily, maker(), noon);
	await expect(lookOnce(daily, maker(true), noon + 25 * hour)).rejects.toThrow('unplugged');
	expect(readdirSync(folder)).toEqual([archiveName(noon)]);
	expect(await lookOnce(daily, maker(), noon + 26 * hour)).toBeDefined();
	expect(readdirSync(folder)).toEqual([archiveName(noon + 26 * hour)]);
});

test('an archive from the future holds up none', async () => {
	writeFileSync(join(folder, archiveName(noon + 1000 * hour)), 'archive');
	expect(await lookOnce({ folder, keep: 14, recipients }, maker(), noon)).toBeDefined();
	expect(await lookOnce({ folder, keep: 14, recipients }, maker(), noon + hour)).toBeUndefined();
});

test('the running server makes one that opens, and says so in its log', async () => {
	const env = { ARCA_BACKUP_DAILY: folder, ARCA_BACKUP_RECIPIENT: recipients };
	const server = await startServer({ databaseUrl: await testDatabase(), env });
	await (await Client.of(server.url)).signUp();
	await expect.poll(() => server.log(), { timeout: 60_000 }).toContain('a backup was made');
	const [name = ''] = readdirSync(folder);
	expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
	const { head } = await readArchive(join(folder, name), identity, {});
	expect(head.tables.map((table) => table.name)).toContain('public.records');
	await server.stop();
});

test.each([
	['no recipient', {}, 'ARCA_BACKUP_RECIPIENT is not'],
	['a strange number to keep', { ARCA_BACKUP_RECIPIENT: 'age1', ARCA_BACKUP_KEEP: '0' }, 'ARCA_BACKUP_KEEP'],
	[
		'a Supabase project',
		{
			ARCA_BACKUP_RECIPIENT: 'age1',
			SUPABASE_URL: 'https://a.supabase.co',
			SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_a'
		},
		'a Supabase project makes its own backups'
	]
])('the server does not start with a daily folder and %s', (_, env, said) => {
	expect(() => readSettings({ ARCA_BACKUP_DAILY: folder, ...env })).toThrow(said);
});

test('nor with a recipient that is none', async () => {
	const env = { ARCA_BACKUP_DAILY: folder, ARCA_BACKUP_RECIPIENT: 'age1quark' };
	const started = startServer({ databaseUrl: await testDatabase(), env });
	await expect(started).rejects.toThrow('The recipient is not a public key of age');
});
