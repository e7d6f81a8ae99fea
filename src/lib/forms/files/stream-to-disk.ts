import { OFFER_DOWNLOAD, STAY } from '../../files/download-words.ts';
import type { DownloadOffer, DownloadPiece, DownloadWish } from '../../files/download-words.ts';

/** Milliseconds the worker has to say where. A worker of a version that does not know how says nothing. */
const PATIENCE = 3000;
/** Milliseconds between two words to the worker: browsers end one after thirty seconds of silence. */
const STAY_EVERY = 10_000;

/** How it ended: the browser has the whole file; somebody stopped it there; or the worker does not do such things. */
export type Streamed = 'saved' | 'stopped' | 'no-worker';

/**
 * Saves a file through the service worker, a piece at a time: none is asked for before the browser has written the one
 * before, and of a file that turns out not to be right the browser keeps nothing.
 * @param pieces its bytes, authenticated, in order, each in memory that is handed over; they end only when the whole file is right, and throw otherwise
 * @param leave goes to the address of the download; browsers do not ask a worker about a link's `download`
 * @throws whatever `pieces` throws, after the browser has been told
 */
export async function streamToDisk(
	worker: ServiceWorker,
	file: { readonly name: string; readonly size: number },
	pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
	leave = (path: string): void => location.assign(path)
): Promise<Streamed> {
	const { port1: port, port2 } = new MessageChannel();
	// Handed over with its memory, not copied.
	const say = (piece: DownloadPiece): void => port.postMessage(piece, typeof piece === 'string' ? [] : [piece.buffer]);
	const stay = setInterval(() => worker.postMessage(STAY), STAY_EVERY);
	try {
		return await new Promise<Streamed>((resolve, reject) => {
			const silent = setTimeout(() => resolve('no-worker'), PATIENCE);
			port.onmessage = ({ data: wish }: MessageEvent<DownloadWish>) => {
				clearTimeout(silent);
				if (wish === 'stop') resolve('stopped');
				else if (wish !== 'more') leave(wish.path);
				else
					void pieces.next().then(
						({ done, value }) => {
							say(done ? 'end' : value);
							if (done) resolve('saved');
						},
						(error: unknown) => {
							say('fail');
							reject(error instanceof Error ? error : new Error('the file is not to be had'));
						}
					);
			};
			const { name, size } = file;
			worker.postMessage({ word: OFFER_DOWNLOAD, name, size } satisfies DownloadOffer, [port2]);
		});
	} finally {
		clearInterval(stay);
		await pieces.return(undefined);
		// What was said last is still on its way to the worker: a port that is closed delivers it.
		port.close();
	}
}
