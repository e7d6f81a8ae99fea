import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Search } from './find-secrets.ts';

/** What a browser must be started with to be looked into: strings of its heaps are told to 20,000 letters. */
export const LOOK_INTO = ['--remote-debugging-port=0', '--js-flags=--heap-snapshot-string-limit=20000'];

/** A browser's DevTools protocol, beside the test's own line to it: heaps of pages and workers, memory of processes. */
export interface BrowserMemory {
	/** Every string in the heaps of all pages and workers, by type: `page`, `worker`, `service_worker`. */
	heaps(): Promise<{ type: string; strings: string }[]>;
	/**
	 * What is found in the memory of the processes that run pages, as it is, buffers and what was let go of included.
	 * Null where this system does not let it be read.
	 */
	searchProcesses(search: Search): Promise<string[] | null>;
	close(): void;
}

interface Message {
	id?: number;
	method?: string;
	params?: Record<string, unknown>;
	result?: unknown;
	error?: { message: string };
	sessionId?: string;
}

interface Target {
	targetId: string;
	type: string;
}

/** @param profile of a browser that was started with `LOOK_INTO` */
export async function lookInto(profile: string): Promise<BrowserMemory> {
	const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
	const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
	await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
	const [waiting, hearing] = [new Map<number, (message: Message) => void>(), new Set<(message: Message) => void>()];
	socket.addEventListener('message', ({ data }) => {
		const message = JSON.parse(String(data)) as Message;
		if (message.id !== undefined) waiting.get(message.id)?.(message);
		else for (const hear of hearing) hear(message);
	});
	let last = 0;

	async function send<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
		const id = ++last;
		const answered = new Promise<Message>((resolve) => waiting.set(id, resolve));
		socket.send(JSON.stringify({ id, method, params, sessionId }));
		const { result, error } = await answered;
		waiting.delete(id);
		if (error) throw new Error(`${method}: ${error.message}`);
		return result as T;
	}

	async function stringsOf(sessionId: string): Promise<string> {
		const chunks: string[] = [];
		const hear = ({ method, params, sessionId: from }: Message): void => {
			if (from === sessionId && method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(String(params?.chunk));
		};
		hearing.add(hear);
		await send('HeapProfiler.takeHeapSnapshot', {}, sessionId);
		hearing.delete(hear);
		const { strings } = JSON.parse(chunks.join('')) as { strings: string[] };
		return strings.join('\n');
	}

	/** The page's session and those of its workers, which only the page knows of. */
	async function sessionsOf({ targetId, type }: Target): Promise<{ type: string; sessionId: string }[]> {
		const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
		const sessions = [{ type, sessionId }];
		const hear = ({ method, params, sessionId: from }: Message): void => {
			if (method !== 'Target.attachedToTarget' || from !== sessionId) return;
			const attached = params as { sessionId: string; targetInfo: Target };
			sessions.push({ type: attached.targetInfo.type, sessionId: attached.sessionId });
		};
		hearing.add(hear);
		const auto = { autoAttach: true, waitForDebuggerOnStart: false, flatten: true };
		if (type === 'page') await send('Target.setAutoAttach', auto, sessionId);
		hearing.delete(hear);
		return sessions;
	}

	return {
		async heaps() {
			const { targetInfos } = await send<{ targetInfos: Target[] }>('Target.getTargets');
			const heaps: { type: string; strings: string }[] = [];
			for (const target of targetInfos.filter(({ type }) => /^page$|^(?:service|shared)_worker$/.test(type))) {
				const sessions = await sessionsOf(target);
				for (const { type, sessionId } of sessions) heaps.push({ type, strings: await stringsOf(sessionId) });
				await send('Target.detachFromTarget', { sessionId: sessions[0]?.sessionId });
			}
			return heaps;
		},
		async searchProcesses(search) {
			const { processInfo } = await send<{ processInfo: { type: string; id: number }[] }>('SystemInfo.getProcessInfo');
			const found: string[] = [];
			for (const { id } of processInfo.filter(({ type }) => type === 'renderer')) {
				const finds = await searchProcess(id, search);
				if (!finds) return null;
				found.push(...finds.map((what) => `process ${id}: ${what}`));
			}
			return [...new Set(found)];
		},
		close: () => socket.close()
	};
}

const PIECE = 16 * 1024 * 1024;
/** Pieces overlap by so much: no secret in any spelling is longer. */
const OVERLAP = 4096;

async function searchProcess(pid: number, search: Search): Promise<string[] | null> {
	const memory = await open(`/proc/${pid}/mem`, 'r').catch(() => null);
	if (!memory) return null;
	const [found, piece] = [new Set<string>(), Buffer.alloc(PIECE)];
	for (const [from, to] of writtenRanges(readFileSync(`/proc/${pid}/smaps`, 'utf8'))) {
		for (let at = from; at < to; at += PIECE - OVERLAP) {
			// A page that went away meanwhile reads as nothing.
			const read = await memory.read(piece, 0, Math.min(PIECE, to - at), at).catch(() => ({ bytesRead: 0 }));
			for (const what of search(piece.subarray(0, read.bytesRead))) found.add(what);
		}
	}
	await memory.close();
	return [...found];
}

/** Ranges of addresses that a process may write and that take up memory, from /proc/<pid>/smaps. */
function* writtenRanges(smaps: string): Generator<[number, number]> {
	for (const [, from = '', to = '', resident] of smaps.matchAll(
		/^([0-9a-f]+)-([0-9a-f]+) rw[^\n]*\n(?:[^\n]*\n)*?Rss: +(\d+) kB/gm
	))
		if (Number(resident) > 0) yield [parseInt(from, 16), parseInt(to, 16)];
}
