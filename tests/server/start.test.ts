import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../stage/free-port.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'arca-start-'));
	folders.push(folder);
	return folder;
}

/** Runs the server's entry until it ends by itself, as one that must refuse to start does. */
async function startInVain(env: { [name: string]: string }): Promise<{ status: number | null; said: string }> {
	const PORT = String(await freePort());
	const { PATH = '', NODE_COMPILE_CACHE } = process.env;
	const plain = { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), PORT, ARCA_DATABASE_URL: '', ...env };
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/lib/server/entry.ts'], {
		cwd: root,
		env: plain,
		encoding: 'utf8',
		timeout: 60_000
	});
	return { status, said: stdout + stderr };
}

/** Every file below a folder, with the bits of its mode. */
function modesOf(folder: string): { path: string; mode: number }[] {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return entries.map((entry) => {
		const path = join(entry.parentPath, entry.name);
		return { path, mode: statSync(path).mode & 0o777 };
	});
}

describe('a folder', () => {
	const folder = newFolder();
	let ana: Account;
	let first: TestServer;

	beforeAll(async () => {
		first = await startServer({ dataFolder: folder });
		ana = await (await Client.of(first.url)).signUp();
	});

	test('is held by one process, which says so in a sentence', async () => {
		const { status, said } = await startInVain({ ARCA_DATA: folder });
		expect(status).toBe(1);
		expect(said.trim()).toBe(
			`Another Arca (process ${first.pid}) is using ${folder}/data. Stop it first, or give this one a folder of its own with ARCA_DATA.`
		);
	});

	test('is free again once its server was told to stop amid a request, which it answers', async () => {
		// Its answer takes 400 milliseconds, whatever happens.
		const running = (await Client.of(first.url)).ask('POST', '/supabase/auth/v1/recover', {
			body: { email: ana.email }
		});
		await expect.poll(() => first.readCode(ana.email)).toMatch(/^\d{6}$/);
		process.kill(first.pid, 'SIGTERM');
		expect((await running).status).toBe(200);
		expect(await first.stop()).toBe(0);
		expect(existsSync(join(folder, 'data', 'lock'))).toBe(false);
	});

	test('holds what was written in it, also for a server that was killed, whose lock is taken over', async () => {
		const killed = await startServer({ dataFolder: folder });
		expect((await (await Client.of(killed.url)).signIn(ana.email, ana.password)).status).toBe(200);
		await killed.kill9();
		expect(existsSync(join(folder, 'data', 'lock'))).toBe(true);
		const next = await startServer({ dataFolder: folder });
		expect((await (await Client.of(next.url)).signIn(ana.email, ana.password)).status).toBe(200);
		// Where things lie is said once, at the first start.
		expect(first.log()).toContain(`${folder}/data`);
		expect(first.log()).toContain(`${folder}/keys`);
		expect(next.log()).not.toContain('Your data lies in');
		expect(await next.stop()).toBe(0);
	});
});

test('SIGINT ends a server on PostgreSQL with 0', async () => {
	const server = await startServer({ dataFolder: newFolder(), databaseUrl: await testDatabase() });
	process.kill(server.pid, 'SIGINT');
	expect(await server.stop()).toBe(0);
});

describe('secrets', () => {
	test('are drawn at the first start for the owner alone, and differ between installations', async () => {
		const [one, two] = [newFolder(), newFolder()];
		for (const folder of [one, two]) {
			const server = await startServer({ dataFolder: folder, databaseUrl: await testDatabase() });
			const client = await Client.of(server.url);
			const { email } = await client.signUp();
			await client.ask('POST', '/supabase/auth/v1/recover', { body: { email } });
			await server.stop();
		}
		const files = modesOf(join(one, 'keys'));
		expect(files.map(({ path }) => path.slice(one.length)).sort()).toEqual(
			expect.arrayContaining([
				'/keys/jwt-secret',
				'/keys/log-salt',
				'/keys/mail',
				'/keys/publishable-key',
				'/keys/system-keys'
			])
		);
		for (const { path, mode } of files) expect(mode, path).toBe(statSync(path).isDirectory() ? 0o700 : 0o600);
		for (const folder of ['.', 'data', 'keys']) expect(statSync(join(one, folder)).mode & 0o077, folder).toBe(0);
		for (const name of ['jwt-secret', 'log-salt', 'publishable-key', 'system-keys'])
			expect(readFileSync(join(one, 'keys', name), 'utf8')).not.toBe(readFileSync(join(two, 'keys', name), 'utf8'));
	});

	test('of the data that are lost stop the server, which draws no others in their place', async () => {
		const embedded = newFolder();
		await (await startServer({ dataFolder: embedded })).stop();
		const onPostgres = newFolder();
		const databaseUrl = await testDatabase();
		const server = await startServer({ dataFolder: onPostgres, databaseUrl });
		const client = await Client.of(server.url);
		await client.createEntity(await client.signUp());
		await server.stop();
		for (const [folder, ARCA_DATABASE_URL] of [
			[embedded, ''],
			[onPostgres, databaseUrl]
		] as const) {
			rmSync(join(folder, 'keys'), { recursive: true });
			for (let turn = 0; turn < 2; turn++) {
				const { status, said } = await startInVain({ ARCA_DATA: folder, ARCA_DATABASE_URL });
				expect(status).toBe(1);
				expect(said).toContain(`There is data, but ${folder}/keys/system-keys is missing`);
				expect(existsSync(join(folder, 'keys', 'system-keys'))).toBe(false);
			}
		}
	});

	test('that others can read stop the server in production', async () => {
		const folder = newFolder();
		mkdirSync(join(folder, 'keys'), { mode: 0o700 });
		writeFileSync(join(folder, 'keys', 'jwt-secret'), randomBytes(48).toString('base64url'));
		chmodSync(join(folder, 'keys', 'jwt-secret'), 0o644);
		const { status, said } = await startInVain({ ARCA_DATA: folder, NODE_ENV: 'production' });
		expect(status).toBe(1);
		expect(said.trim()).toBe(
			`${folder}/keys/jwt-secret can be read by other users of this machine. Run: chmod 600 ${folder}/keys/jwt-secret`
		);
	});

	test.each([
		['a short secret', { file: 'jwt-secret', text: 'hush' }, 'is too weak'],
		['a monotonous secret', { file: 'jwt-secret', text: 'a'.repeat(64) }, 'is too weak'],
		['a system key of zeros', { file: 'system-keys', text: `1:${Buffer.alloc(32).toString('base64')}` }, 'too weak']
	])('such as %s stop the server', async (_name, { file, text }, sentence) => {
		const folder = newFolder();
		mkdirSync(join(folder, 'keys'), { mode: 0o700 });
		writeFileSync(join(folder, 'keys', file), text, { mode: 0o600 });
		const { status, said } = await startInVain({ ARCA_DATA: folder });
		expect(status).toBe(1);
		expect(said).toContain(sentence);
		expect(said).not.toContain(text);
	});
});

describe('an environment that cannot work', () => {
	const supabase = {
		SUPABASE_URL: 'https://example.supabase.co',
		SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_0123456789'
	};
	const serviceRole = `a.${Buffer.from('{"role":"service_role"}').toString('base64url')}.c`;
	const weak = `1:${Buffer.alloc(32, 7).toString('base64')}`;

	test.each([
		['Supabase without its key', { SUPABASE_URL: supabase.SUPABASE_URL }, 'SUPABASE_PUBLISHABLE_KEY is not'],
		['a secret key of Supabase', { ...supabase, SUPABASE_PUBLISHABLE_KEY: 'sb_secret_0123456789' }, 'never needs one'],
		['a service-role key of Supabase', { ...supabase, SUPABASE_PUBLISHABLE_KEY: serviceRole }, 'never needs one'],
		[
			'production on Supabase without system keys',
			{ ...supabase, NODE_ENV: 'production' },
			'ARCA_SYSTEM_KEYS is not set'
		],
		['production with a weak system key', { ...supabase, NODE_ENV: 'production', ARCA_SYSTEM_KEYS: weak }, 'too weak'],
		['malformed system keys', { ARCA_SYSTEM_KEYS: '1:short' }, 'ARCA_SYSTEM_KEYS'],
		['limits counted nowhere', { ARCA_LIMITS: 'everywhere' }, 'ARCA_LIMITS must be memory or database'],
		['a limit that is no number', { ARCA_LIMIT_READ: 'lots' }, 'ARCA_LIMIT_READ must be a whole number'],
		['Supabase without TLS', { ...supabase, SUPABASE_URL: 'http://supabase.example.org' }, 'must begin with https://'],
		[
			'a database whose certificate is not checked',
			{ ARCA_DATABASE_URL: 'postgres://arca@db.example.org/arca?sslmode=require' },
			'?sslmode=verify-full'
		],
		['an origin that is no address', { ORIGIN: 'arca' }, 'ORIGIN']
	])('is refused with a sentence: %s', async (_name, env, sentence) => {
		const { status, said } = await startInVain({ ARCA_DATA: newFolder(), ...(env as { [name: string]: string }) });
		expect(status).toBe(1);
		expect(said).toContain(sentence);
		expect(said).not.toMatch(/\bat .+\.ts:\d+/);
	});
});
