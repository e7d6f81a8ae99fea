import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the front answers at one path: another body, other headers, or nothing (null: 404). */
export type Change = ((body: string, headers: Record<string, string>) => string) | null;

/** One request as it came from the browser, and what was answered. */
export interface Exchange {
	/** Method and address, then every header, a line each. */
	head: string;
	body: Buffer;
	/** Null while there is no answer. */
	status: number | null;
	/** The answer's headers, a line each. */
	answerHead: string;
	answer: Buffer;
}

/** A server in front of the built one, which can be taken away and can serve what a newer build would. */
export interface Front {
	url: string;
	/** Paths that were asked for, in order. */
	asked: string[];
	/** Changes what is answered at a path; `*`: wherever nothing else is said. */
	change(path: string, change: Change): void;
	/** Every path that begins with `old` is gone, and what was there is found under `fresh`: names of another build. */
	move(old: string, fresh: string): void;
	/** Nobody answers any more. */
	stop(): Promise<void>;
	/** It answers again, at the same address. */
	resume(): Promise<void>;
}

/**
 * Starts a front on a port of its own. What it does not change it passes on as it is.
 * @param record where every exchange is put down, to the byte, as soon as it begins
 */
export async function startFront(target: string, record?: Exchange[]): Promise<Front> {
	const changes = new Map<string, Change>();
	const moves = new Map<string, string>();
	const asked: string[] = [];
	/** Where the real server has it; null where it is gone. */
	const pathBehind = (path: string): string | null => {
		for (const [old, fresh] of moves) {
			if (path.startsWith(fresh)) return old + path.slice(fresh.length);
			if (path.startsWith(old)) return null;
		}
		return path;
	};
	const server = createServer((given, answer) => {
		const address = new URL(given.url ?? '/', target);
		const path = address.pathname;
		asked.push(path);
		const exchange = record && begin(given);
		if (exchange) record.push(exchange);
		const change = changes.has(path) ? changes.get(path) : changes.get('*');
		const behind = pathBehind(path);
		if (change === null || behind === null) return void answer.writeHead(404).end();
		const headers = { ...given.headers };
		if (change) {
			// The whole body is needed, as it is.
			headers['accept-encoding'] = 'identity';
			delete headers['if-none-match'];
		}
		address.pathname = behind;
		const onward = request(address, { method: given.method, headers }, (real) => {
			if (exchange) putAnswer(exchange, real);
			if (change) void passChanged(real, answer, change);
			else pass(real, answer);
		});
		onward.on('error', () => answer.destroy());
		given.pipe(onward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	return {
		url: `http://localhost:${port}`,
		asked,
		change: (path, change) => void changes.set(path, change),
		move: (old, fresh) => void moves.set(old, fresh),
		async stop() {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
		async resume() {
			server.listen(port, '127.0.0.1');
			await once(server, 'listening');
		}
	};
}

function begin(given: IncomingMessage): Exchange {
	const head = [`${given.method} ${given.url}`, ...linesOf(given.rawHeaders)].join('\n');
	const exchange: Exchange = { head, body: Buffer.alloc(0), status: null, answerHead: '', answer: Buffer.alloc(0) };
	given.on('data', (part: Buffer) => (exchange.body = Buffer.concat([exchange.body, part])));
	return exchange;
}

function putAnswer(exchange: Exchange, real: IncomingMessage): void {
	exchange.status = real.statusCode ?? null;
	exchange.answerHead = linesOf(real.rawHeaders).join('\n');
	real.on('data', (part: Buffer) => (exchange.answer = Buffer.concat([exchange.answer, part])));
}

/** Names and values by turns, as Node gives them. */
function linesOf(raw: string[]): string[] {
	return raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []));
}

function pass(real: IncomingMessage, answer: ServerResponse): void {
	answer.writeHead(real.statusCode ?? 502, real.rawHeaders);
	real.pipe(answer);
}

async function passChanged(real: IncomingMessage, answer: ServerResponse, change: NonNullable<Change>): Promise<void> {
	const parts: Buffer[] = [];
	for await (const part of real) parts.push(part as Buffer);
	const headers = { ...real.headers } as Record<string, string>;
	const body = change(Buffer.concat(parts).toString(), headers);
	delete headers['content-length'];
	delete headers.etag;
	answer.writeHead(real.statusCode ?? 502, headers).end(body);
}
