import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePort } from './free-port.ts';

/** A PostgreSQL for tests: real, on loopback, in a folder that goes with it. */
export interface TestPostgres {
	/** Superuser's address of a database, `postgres` unless named. */
	url(database?: string): string;
	/** Makes an empty database and gives its address. */
	createDatabase(name?: string): Promise<string>;
	/** Where its data and log lie; absent when the server is somebody else's (ARCA_TEST_POSTGRES). */
	folder?: string;
	stop(): Promise<void>;
}

/**
 * Joins the server named by ARCA_TEST_POSTGRES, or starts one.
 * @param options `lasting`: what is committed is on the disk, as a bench has to have it; tests that end with it need not wait
 */
export async function startPostgres({ lasting = true } = {}): Promise<TestPostgres> {
	const shared = process.env.ARCA_TEST_POSTGRES;
	if (shared)
		return { ...client(shared), ...folderOf(process.env.ARCA_TEST_POSTGRES_FOLDER), stop: () => Promise.resolve() };
	const { initdb, server } = binaries();
	const folder = await mkdtemp(join(tmpdir(), 'arca-postgres-'));
	const asRoot = process.getuid?.() === 0;
	const data = join(folder, 'data');
	// PostgreSQL refuses to run as root, so its own user must be able to reach the folder.
	if (asRoot) spawnSync('chown', ['postgres', folder]);
	await chmod(folder, 0o755);
	const as = (program: string, args: string[]): [string, string[]] =>
		asRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];

	const made = spawnSync(
		...as(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']),
		{ encoding: 'utf8' }
	);
	if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
	const port = await freePort();
	const log = await open(join(folder, 'server.log'), 'w');
	const settings = {
		port: String(port),
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '200',
		shared_buffers: '256MB',
		fsync: lasting ? 'on' : 'off'
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(...as(server, ['-D', data, ...flags]), { stdio: ['ignore', log.fd, log.fd], detached: true });
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const address = `postgres://postgres@127.0.0.1:${port}/postgres`;
	await answers(address, () => child.exitCode !== null);
	return {
		...client(address),
		folder,
		async stop() {
			// The whole group: `runuser` stands between us and the server. SIGINT is PostgreSQL's fast shutdown.
			if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
			await ended;
			await log.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

function client(address: string): Pick<TestPostgres, 'url' | 'createDatabase'> {
	const url = (database = 'postgres') => Object.assign(new URL(address), { pathname: `/${database}` }).href;
	return {
		url,
		async createDatabase(name = `arca_${randomUUID().replaceAll('-', '')}`) {
			const sql = postgres(url(), { max: 1, onnotice: () => undefined });
			await sql`create database ${sql(name)}`;
			await sql.end();
			return url(name);
		}
	};
}

function folderOf(folder: string | undefined): { folder?: string } {
	return folder ? { folder } : {};
}

function binaries(): { initdb: string; server: string } {
	const folders = [
		process.env.ARCA_POSTGRES_BIN,
		...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`)
	];
	const bin = folders.find((folder) => folder && existsSync(join(folder, 'initdb')));
	if (!bin)
		throw new Error('No PostgreSQL was found; `npm test` installs one, or name its folder in ARCA_POSTGRES_BIN.');
	return { initdb: join(bin, 'initdb'), server: join(bin, 'postgres') };
}

/** Waits until the server takes a query; gives up when it ended or after half a minute. */
async function answers(address: string, ended: () => boolean): Promise<void> {
	const until = Date.now() + 30_000;
	for (;;) {
		const sql = postgres(address, { max: 1, connect_timeout: 2, onnotice: () => undefined });
		try {
			await sql`select 1`;
			return;
		} catch (error) {
			if (ended() || Date.now() > until) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		} finally {
			await sql.end({ timeout: 0 });
		}
	}
}
