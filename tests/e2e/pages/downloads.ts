import { streamToDisk } from '../../../src/lib/forms/files/stream-to-disk.ts';
import type { Streamed } from '../../../src/lib/forms/files/stream-to-disk.ts';
import workerUrl from './downloads.worker.ts?worker&url';

declare global {
	var downloads: DownloadsPage;
}

/** Bytes of a piece, as a chunk of a file's content is. */
const PIECE = 262_144;

/** Files that are saved through a real service worker. */
class DownloadsPage {
	/** Pieces that were asked for. */
	asked = 0;
	/** Where the last one was fetched. */
	path = '';

	/** Starts the worker; pages that are loaded from then on are in its hands. */
	async start(): Promise<void> {
		await navigator.serviceWorker.register(workerUrl, { scope: '/', type: 'module' });
		await navigator.serviceWorker.ready;
	}

	/**
	 * Saves a file of so many pieces, each full of its own number.
	 * @param failAt the piece in whose place the file turns out not to be right
	 * @param holdAt the piece before which the page waits to be let on
	 */
	async save(name: string, pieces: number, { failAt = -1, holdAt = -1 } = {}): Promise<Streamed | 'failed'> {
		const { controller } = navigator.serviceWorker;
		if (!controller) throw new Error('no service worker');
		this.asked = 0;
		const make = async function* (page: DownloadsPage): AsyncGenerator<Uint8Array<ArrayBuffer>> {
			for (let number = 0; number < pieces; number++) {
				page.asked = number + 1;
				if (number === failAt) throw new Error('not right');
				if (number === holdAt) await new Promise((go) => addEventListener('go', go, { once: true }));
				yield new Uint8Array(PIECE).fill(number);
			}
		};
		const leave = (path: string): void => {
			this.path = path;
			location.assign(path);
		};
		return streamToDisk(controller, { name, size: pieces * PIECE }, make(this), leave).catch(() => 'failed');
	}
}

globalThis.downloads = new DownloadsPage();
