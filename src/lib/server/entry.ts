import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { BUILD_HEADER } from '../api/build.ts';
import { PROBLEM_TYPE } from '../api/problem.ts';
import { refusedShare, SHARE } from '../files/share-words.ts';
import { runArca } from './arca.ts';
import type { Arca } from './arca.ts';
import { bootArca } from './boot-arca.ts';
import { policies, securityHeaders } from './headers.ts';
import { problemOf } from './http/refusal.ts';
import type { ProblemName } from './http/refusal.ts';
import { answersData, requestPath } from './http/request-path.ts';
import { letGo, letGoOfStart } from './let-go.ts';
import { readPagePolicies } from './page-policies.ts';
import { readSettings } from './settings.ts';
import { StartError } from './start-error.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const port = Number(process.env.PORT || 4173);
const host = process.env.HOST || '127.0.0.1';
/** How long running requests may take to end when the server is told to stop, in milliseconds. */
const PATIENCE = 10_000;
/** What a page of another site can post without asking; Kit answers it in its own words, we as any other wrong type. */
const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i;

const POLICY = 'content-security-policy';

/** The build that is served, as SvelteKit names it. */
let build = '';
let pagePolicies: ReadonlyMap<string, string> = new Map();

process.chdir(root);
try {
	await serve();
} catch (error) {
	const isKnown = error instanceof StartError || (error as { code?: unknown }).code === 'crypto/system-keys';
	console.error(isKnown ? (error as Error).message : error);
	process.exit(1);
}

/** Starts the backend, then the built app behind a server that sets headers on every answer. */
async function serve(): Promise<void> {
	const built = `${root}build/handler.js`;
	if (!existsSync(built))
		throw new StartError('start/build', 'The app has not been built yet: run npm start, which does.');
	build = (JSON.parse(readFileSync(`${root}build/client/_app/version.json`, 'utf8')) as { version: string }).version;
	pagePolicies = readPagePolicies(`${root}build/prerendered`);
	const settings = readSettings(process.env);
	const server = await runArca(() => bootArca(settings, say));
	// The adapter reads these when it is loaded. Its own ceiling for bodies lies above that of every route.
	process.env.ORIGIN = settings.origin;
	process.env.BODY_SIZE_LIMIT = '16M';
	const { handler } = (await import(built)) as { handler: Handler };

	// Node's own way would print the error whole, and a statement's parameters with it.
	process.on('unhandledRejection', (error) => server.log.unexpected('unhandled rejection', error));
	process.on('uncaughtException', (error) => {
		server.log.unexpected('uncaught exception', error);
		process.exitCode = 1;
		void server.backend.close().finally(() => process.exit(1));
	});

	letGoOfStart();
	const http = createServer((request, response) => answer(server, handler, request, response));
	http.requestTimeout = 120_000;
	http.listen(port, host, () => say(`Arca is at http://localhost:${port}`));
	http.once('error', (error) => {
		const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
		console.error(inUse ? `Port ${port} is taken; choose another with PORT.` : error.message);
		void server.backend.close().finally(() => process.exit(1));
	});

	const stop = () => {
		http.close(() => void server.backend.close().then(() => process.exit(0)));
		http.closeIdleConnections();
		setTimeout(() => http.closeAllConnections(), PATIENCE).unref();
	};
	// Told twice, it still ends in order: a second signal must not cut the first one's work short.
	let stopping = false;
	for (const signal of ['SIGTERM', 'SIGINT']) {
		process.on(signal, () => {
			if (!stopping) stop();
			stopping = true;
		});
	}
}

function answer(server: Arca, handler: Handler, request: IncomingMessage, response: ServerResponse): void {
	const began = performance.now();
	const path = requestPath(request.url ?? '/');
	setHeaders(response, path, server.backend.publicUrl);
	response.once('close', () => {
		const note = server.notes.get(request) ?? {};
		// What is short may lie among others in Node's pool.
		if (note.sent && note.sent.length > Buffer.poolSize) letGo(new Uint8Array(note.sent.buffer));
		const address = note.address ?? request.socket.remoteAddress;
		server.log.request({
			method: request.method ?? '',
			route: note.route ?? '(file)',
			status: response.statusCode,
			duration: Math.round(performance.now() - began),
			...(note.user ? { user: server.log.hash(note.user) } : {}),
			...(address ? { address: server.log.hash(address) } : {})
		});
	});
	if (path === SHARE && request.method === 'POST') {
		refuseShare(request, response);
		return;
	}
	if (answersData(path) && FORM.test(request.headers['content-type'] ?? '')) {
		sendProblem(response, 'request/content-type');
		return;
	}
	handler(request, response, () => sendProblem(response, 'request/not-found'));
}

/**
 * Files that were shared with the installed app are its service worker's, which seals them on the device. Where none is in
 * charge they come here: nothing of them is read, and the app says so.
 */
function refuseShare(request: IncomingMessage, response: ServerResponse): void {
	// Whoever is answered before they have sent all of it may hear of a broken connection instead.
	request.once('end', () => response.writeHead(303, { location: refusedShare('no-worker') }).end()).resume();
}

function sendProblem(response: ServerResponse, name: ProblemName): void {
	const problem = problemOf(name);
	response.writeHead(problem.status, {
		'content-type': PROBLEM_TYPE,
		'cache-control': 'no-store',
		connection: 'close'
	});
	response.end(JSON.stringify(problem));
}

/** Headers are set when the answer begins, whoever writes it: pages and files that were made at build time go past Kit's hooks. */
function setHeaders(response: ServerResponse, path: string, backendUrl: string): void {
	const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
	response.writeHead = (...args: unknown[]) => {
		for (const [name, value] of securityHeaders) response.setHeader(name, value);
		const ofPage = response.getHeader(POLICY) ?? pagePolicies.get(path) ?? [];
		response.setHeader(POLICY, policies(path, backendUrl, [ofPage].flat() as string[]));
		if (answersData(path)) response.setHeader(BUILD_HEADER, build);
		// What is named by its content may be kept for good, which a 304 must not take back. Of anything else, a browser left to itself may show what is gone.
		const isKeptStill = args[0] === 304 && path.startsWith('/_app/immutable/');
		if (!isKeptStill && !response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-cache');
		return writeHead(...args);
	};
}

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}
