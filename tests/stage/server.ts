import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverArguments } from '../../scripts/setup/server.mjs';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a test may choose of the built server it starts. */
export interface ServerOptions {
	/** Where data and secrets lie; a fresh folder that goes with the server unless named. */
	dataFolder?: string;
	/** Lite on this PostgreSQL instead of PGlite. */
	databaseUrl?: string;
	/** More of its environment, such as raised limits. */
	env?: Record<string, string>;
	port?: number;
}

/** The built server, as `npm start` runs it, on a port and folder of its own. */
export interface TestServer {
	url: string;
	port: number;
	dataFolder: string;
	pid: number;
	/** SIGTERM, and what its own process ended with. */
	stop(): Promise<number | null>;
	/** As a power cut would: SIGKILL. The data folder stays. */
	kill9(): Promise<void>;
	/** All it printed so far. */
	log(): string;
	/** The newest code that was mailed to this address, as the machine's owner reads it. */
	readCode(email: string): string;
}

/** Starts the built server and waits until it says that it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const port = options.port ?? (await freePort());
	const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'arca-server-')));
	const url = `http://localhost:${port}`;
	const env = {
		...process.env,
		PORT: String(port),
		ORIGIN: url,
		ARCA_DATA: dataFolder,
		ARCA_DATABASE_URL: options.databaseUrl ?? '',
		...options.env
	};
	const child = spawn(process.execPath, serverArguments, {
		cwd: root,
		env,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let printed = '';
	const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
	await new Promise<void>((resolve, reject) => {
		const read = (part: Buffer) => {
			printed += part.toString();
			if (printed.includes('Arca is at ')) resolve();
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then((code) => reject(new Error(`the server ended with ${code} before it was ready:\n${printed}`)));
	});
	return {
		url,
		port,
		dataFolder,
		pid: child.pid ?? 0,
		async stop() {
			child.kill('SIGTERM');
			const code = await ended;
			if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
			return code;
		},
		async kill9() {
			child.kill('SIGKILL');
			await ended;
		},
		log: () => printed,
		readCode(email) {
			const told = spawnSync(process.execPath, ['scripts/reset-code.mjs', email], { cwd: root, env, encoding: 'utf8' });
			const code = /\b\d{6,10}\b/.exec(told.stdout)?.[0];
			if (!code) throw new Error(`no code for ${email}: ${told.stdout}${told.stderr}`);
			return code;
		}
	};
}
