import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encrypterFor, writeNewIdentity } from '../../src/lib/server/backup/age-keys.ts';
import { HEAD_NAME } from '../../src/lib/server/backup/manifest.ts';
import { readArchive } from '../../src/lib/server/backup/read-archive.ts';
import { KEPT, LEFT_OUT } from '../../src/lib/server/backup/tables.ts';
import { TarWriter } from '../../src/lib/server/backup/tar-writer.ts';
import { tablesIn } from './catalog.ts';
import { mustRun, runCommand } from './commands.ts';
import { makeHousehold, refusal } from './household.ts';
import type { Household } from './household.ts';
import { spellings } from './spellings.ts';

let house: Household;
beforeAll(async () => {
	house = await makeHousehold();
}, 240_000);
afterAll(() => house.remove());

/** An archive of somebody's own making. */
async function forge(head: object, more?: string): Promise<string> {
	const parts: Uint8Array[] = [];
	const tar = new TarWriter((bytes) => Promise.resolve(void parts.push(bytes)), 0);
	await tar.addText(HEAD_NAME, JSON.stringify(head));
	if (more) await tar.addText(more, 'planted');
	await tar.addText(
		'arca-end.json',
		JSON.stringify({ rows: {}, files: more ? 1 : 0, missing: [], sha256: tar.sha256 })
	);
	await tar.end();
	const file = join(house.folder, `forged-${randomUUID()}.age`);
	writeFileSync(file, await encrypterFor(house.recipient).encrypt(Buffer.concat(parts)));
	return file;
}

function findIn(text: Buffer): string[] {
	const { payee, ana, entity } = house;
	const words = [payee, ana.email, entity, ana.id, 'auth.users', 'public.records', 'encrypted_password', 'arca-backup'];
	return words.filter((word) => spellings(word).some((spelling) => text.includes(spelling)));
}

test('an archive shows nothing but that it is one of age', async () => {
	const bytes = readFileSync(house.archive);
	expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
	expect(statSync(house.archive).mode & 0o777).toBe(0o600);
	expect(findIn(bytes)).toEqual([]);
	// The same search in what was encrypted; what people typed is sealed even there.
	const opened: Buffer[] = [];
	await readArchive(house.archive, house.identity, {
		head: (head) => void opened.push(Buffer.from(JSON.stringify(head))),
		rows: (_, lines) => Promise.resolve(void opened.push(Buffer.from(lines.join('\n'))))
	});
	const all = Buffer.concat(opened);
	expect(findIn(all)).not.toContain(house.payee);
	expect(findIn(all)).toHaveLength(7);
});

test('age and tar of others open it', () => {
	const age = process.env.ARCA_AGE || 'age';
	const plain = spawnSync(age, ['--decrypt', '-i', house.identity, house.archive], { maxBuffer: 1 << 28 });
	if (plain.error) throw new Error('No age was found; `npm test` installs one, or name it in ARCA_AGE.');
	expect(plain.stderr.toString()).toBe('');
	const listed = spawnSync('tar', ['-t'], { input: plain.stdout, encoding: 'utf8' }).stdout.split('\n');
	expect(listed.filter((name) => name.startsWith('rows/public.records/'))).toHaveLength(30);
	expect(listed).toContain(house.file);
	const sealed = spawnSync('tar', ['-xO', house.file], { input: plain.stdout, maxBuffer: 1 << 28 }).stdout;
	expect(sealed).toEqual(readFileSync(join(house.env.ARCA_DATA, 'data', house.file)));
});

test('every table of the database is either kept or left out for a reason', async () => {
	const sql = postgres(house.env.ARCA_DATABASE_URL, { max: 1 });
	const names = (await tablesIn(sql)).map(({ schema, name }) => `${schema}.${name}`);
	await sql.end();
	expect([...KEPT.map(({ name }) => name), ...Object.keys(LEFT_OUT)].sort()).toEqual(names.sort());
});

describe('a restore that cannot be changes nothing and says why', () => {
	test.each([
		['at its beginning', 0],
		['in the middle', 0.5],
		['before its last byte', 1]
	])('of an archive that was cut %s', async (_, where) => {
		const bytes = readFileSync(house.archive);
		const cut = join(house.folder, `cut-${where}.age`);
		writeFileSync(cut, bytes.subarray(0, Math.max(10, Math.floor(bytes.length * where) - 1)));
		expect(await refusal(house, cut)).toContain('damaged or was cut short');
	});

	test('of one in which a bit was turned', async () => {
		const bytes = readFileSync(house.archive);
		bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
		writeFileSync(join(house.folder, 'turned.age'), bytes);
		expect(await refusal(house, join(house.folder, 'turned.age'))).toContain('damaged or was cut short');
	});

	test('with the identity of somebody else, or none', async () => {
		await writeNewIdentity(join(house.folder, 'another'));
		expect(await refusal(house, house.archive, join(house.folder, 'another'))).toContain('does not open');
		expect(await refusal(house, house.archive, join(house.folder, 'nobody'))).toContain('cannot be read');
	});

	test('of a newer version or a newer schema', async () => {
		const at = new Date().toISOString();
		const head = { format: 'arca-backup', version: 1, at, migrations: ['20991231000000'], tables: [] };
		expect(await refusal(house, await forge({ ...head, version: 2 }))).toContain('is of version 2');
		expect(await refusal(house, await forge(head))).toContain('of a newer Arca (migration 20991231000000)');
		expect(await refusal(house, await forge({ ...head, at: 'yesterday' }))).toContain('its head cannot be read');
	});
});

test.each([
	'files/sealed/../../../planted',
	'files//planted',
	'files/planted',
	'rows/auth.sessions/000001.jsonl',
	'planted'
])('an archive that holds %s is refused', async (name) => {
	const head = { format: 'arca-backup', version: 1, at: new Date().toISOString(), migrations: [], tables: [] };
	expect(await refusal(house, await forge(head, name))).toContain('does not belong into it');
	const belongs = await readArchive(await forge(head, 'files/sealed/planted'), house.identity, {});
	expect(belongs.end.files).toBe(1);
});

describe('a backup that cannot be says why', () => {
	test.each([
		['no recipient', [], 'For whom is the archive?'],
		['a secret key for one', ['--recipient', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`], 'The recipient is a secret key'],
		['no key for one', ['--recipient', 'age1quark'], 'is not a public key of age']
	])('with %s', async (_, args, said) => {
		const told = await runCommand('backup', [join(house.folder, 'never.age'), ...args], house.env);
		expect(told.code).toBe(1);
		expect(told.said).toContain(said);
		expect(told.said).toContain('--new-identity');
		expect(told.said).not.toContain('QQQQ');
	});

	test('where nothing was ever kept, where an archive lies already, and for an identity among the data', async () => {
		const empty = { ARCA_DATA: join(house.folder, 'empty') };
		const to = ['--recipient', house.recipient];
		const nothing = await runCommand('backup', [join(house.folder, 'never.age'), ...to], empty);
		expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('nothing to back up') as string });
		const before = readFileSync(house.archive);
		const over = await runCommand('backup', [house.archive, ...to], house.env);
		expect(over).toMatchObject({ code: 1, said: expect.stringContaining('never written over') as string });
		expect(readFileSync(house.archive)).toEqual(before);
		const among = join(house.env.ARCA_DATA, 'data', 'identity');
		expect((await runCommand('backup', ['--new-identity', among], house.env)).code).toBe(1);
		await mustRun('backup', ['--new-identity', join(house.folder, 'fresh')], house.env);
		expect((await runCommand('backup', ['--new-identity', join(house.folder, 'fresh')], house.env)).code).toBe(1);
	});
});
