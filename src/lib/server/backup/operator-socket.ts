import { chmodSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../log.ts';
import { BackupError } from './backup-error.ts';
import type { LocalAccounts } from '../backend/backend.ts';
import type { EndWish } from '../backend/end-sessions.ts';
import type { MakeArchive, SealedArchive } from './seal-archive.ts';
import type { Summary } from './write-archive.ts';

/** The trailers of an answer, after the archive: what it holds, or why it is none. HTTP itself tells a cut answer from a whole one. */
const SUMMARY = 'arca-summary';
const REFUSAL = 'arca-refusal';
const END_SESSIONS = '/end-sessions';

/** Where the running server takes the operator's wishes: a socket in the data folder, which only its owner can reach. */
const socketIn = (data: string) => join(data, 'operator');

/** What the owner of the machine may have the running server do. */
interface Deeds {
	archive: MakeArchive;
	endSessions: LocalAccounts['endSessions'];
}

/**
 * Lets the machine's owner back up, and end sessions, while the server runs, which alone can open the folder of PGlite.
 * @returns what ends it.
 */
export async function listenForOperator(data: string, deeds: Deeds, log: Log): Promise<() => void> {
	const path = socketIn(data);
	// The lock of the folder is ours: what lies there is of a server that died.
	rmSync(path, { force: true });
	const server = createServer((request, response) => {
		answer(request, response, deeds).catch((error: unknown) => {
			log.warn('what the operator asked for was not done', { asked: request.url, code: codeOf(error) });
			if (error instanceof BackupError) end(response, { [REFUSAL]: error.message });
			else response.destroy();
		});
	});
	await new Promise<void>((resolve) => {
		server.once('error', (error) => {
			log.warn('backups need the server to be stopped', { code: codeOf(error) });
			resolve();
		});
		server.listen(path, () => {
			chmodSync(path, 0o600);
			resolve();
		});
	});
	return () => {
		server.close();
		server.closeAllConnections();
	};
}

async function answer(request: IncomingMessage, response: ServerResponse, deeds: Deeds): Promise<void> {
	const body = await textOf(request);
	if (request.url === END_SESSIONS) {
		response.end(JSON.stringify(await deeds.endSessions(JSON.parse(body) as EndWish)));
		return;
	}
	response.setHeader('trailer', `${SUMMARY}, ${REFUSAL}`);
	const { sealed, done } = await deeds.archive(body);
	await pipeline(sealed, response, { end: false });
	end(response, { [SUMMARY]: JSON.stringify(await done) });
}

const textOf = async (message: IncomingMessage) =>
	Buffer.concat(await Array.fromAsync(message as AsyncIterable<Buffer>)).toString('utf8');

/** Ends an answer with trailers, whose values HTTP takes as ASCII only. */
function end(response: ServerResponse, trailers: { [name: string]: string }): void {
	response.write('');
	response.addTrailers(Object.entries(trailers).map(([name, value]) => [name, encodeURIComponent(value)] as const));
	response.end();
}

/**
 * Asks the server that runs on this data folder for an archive.
 * @returns undefined when none runs.
 * @throws BackupError in the server's own words.
 */
export async function askServer(data: string, recipients: string): Promise<SealedArchive | undefined> {
	const response = await post(data, '/backup', recipients);
	if (!response) return undefined;
	let whole: (summary: Summary) => void;
	let cut: (error: Error) => void;
	const done = new Promise<Summary>((resolve, reject) => {
		whole = resolve;
		cut = reject;
	});
	done.catch(() => undefined);
	const parts = async function* () {
		try {
			yield* response as AsyncIterable<Buffer>;
			whole(JSON.parse(trailer(response, SUMMARY) ?? '') as Summary);
		} catch (cause) {
			const why = trailer(response, REFUSAL) ?? 'The running server broke off the backup; its log says why.';
			const error = new BackupError('backup/server', why);
			error.cause = cause;
			cut(error);
			throw error;
		}
	};
	return { sealed: parts(), done };
}

/**
 * Asks the server that runs on this data folder to end sessions.
 * @returns how many it ended, null where there is no such account; undefined when none runs.
 */
export async function askToEnd(data: string, wish: EndWish): Promise<number | null | undefined> {
	const response = await post(data, END_SESSIONS, JSON.stringify(wish));
	return response && (JSON.parse(await textOf(response)) as number | null);
}

/** What the running server answers; undefined when none runs. */
function post(data: string, path: string, body: string): Promise<IncomingMessage | undefined> {
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath: socketIn(data), method: 'POST', path }, resolve);
		asked.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
			else reject(error);
		});
		asked.end(body);
	});
}

function trailer(response: IncomingMessage, name: string): string | undefined {
	const value = response.trailers[name];
	return value === undefined ? undefined : decodeURIComponent(value);
}

function codeOf(error: unknown): string {
	const { code, message } = error as { code?: unknown; message?: unknown };
	if (typeof code === 'string') return code;
	return typeof message === 'string' && message.startsWith('backup/') ? message : 'unknown';
}
