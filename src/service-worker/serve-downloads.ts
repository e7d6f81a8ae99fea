import { letGo } from '../lib/crypto/let-go.ts';
import { attachment } from '../lib/files/attachment.ts';
import { DOWNLOADS, readOffer } from '../lib/files/download-words.ts';
import type { DownloadOffer, DownloadPiece, DownloadWish } from '../lib/files/download-words.ts';

/** The part of the service worker's scope that is needed here. */
export interface DownloadWorker {
	readonly location: { readonly origin: string };
	addEventListener(type: 'message', listener: (event: { data: unknown; ports: readonly MessagePort[] }) => void): void;
	addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
}
interface Asked {
	readonly request: Request;
	respondWith(answer: Response): void;
	stopImmediatePropagation(): void;
}

/** Offers that no browser has fetched: more than these are from pages that are gone. */
const MOST_WAITING = 8;

/**
 * Answers, once each, at the addresses under which pages offer files to be saved: with what the page hands over, piece by
 * piece as the browser writes it. A file that turns out not to be right ends in an error, and the browser keeps nothing of
 * it. Nothing passes through a cache, and the name stands in a header, never in an address.
 */
export function serveDownloads(worker: DownloadWorker): void {
	const waiting = new Map<string, Response>();

	worker.addEventListener('message', ({ data, ports: [port] }) => {
		const offer = readOffer(data);
		if (!offer || !port) return;
		const path = DOWNLOADS + crypto.randomUUID();
		waiting.set(path, answerTo(offer, port));
		const [oldest] = waiting.keys();
		if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
		port.postMessage({ path } satisfies DownloadWish);
	});

	worker.addEventListener('fetch', (event) => {
		const { pathname, origin } = new URL(event.request.url);
		if (origin !== worker.location.origin || !pathname.startsWith(DOWNLOADS)) return;
		const answer = waiting.get(pathname);
		waiting.delete(pathname);
		// Fetched before, or offered to a worker that has ended since: without content the page stays where it is.
		event.respondWith(answer ?? new Response(null, { status: 204 }));
		event.stopImmediatePropagation();
	});
}

function answerTo({ name, size }: DownloadOffer, port: MessagePort): Response {
	return new Response(streamFrom(port, size), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-disposition': attachment(name),
			'content-length': String(size),
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store'
		}
	});
}

/** What comes over a port, asked for a piece at a time: only as fast as the browser writes. */
function streamFrom(port: MessagePort, size: number): ReadableStream<Uint8Array> {
	let left = size;
	let given: Uint8Array<ArrayBuffer> | undefined;
	let answered = (): void => undefined;
	const say = (wish: DownloadWish): void => port.postMessage(wish);
	return new ReadableStream(
		{
			start(controller) {
				port.onmessage = ({ data: piece }: MessageEvent<DownloadPiece>) => {
					if (piece === 'end' && left === 0) controller.close();
					else if (piece === 'end' || piece === 'fail') controller.error(new Error('the file is not to be had'));
					else {
						left -= piece.length;
						controller.enqueue((given = piece));
					}
					if (typeof piece === 'string') port.onmessage = null;
					answered();
				};
			},
			pull() {
				// Nothing stands in a queue: whoever asks for the next has copied the one before.
				if (given) letGo(given);
				given = undefined;
				say('more');
				return new Promise<void>((resolve) => (answered = resolve));
			},
			cancel() {
				say('stop');
			}
		},
		{ highWaterMark: 0 }
	);
}
