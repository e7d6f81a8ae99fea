import type { Bytes } from '../../crypto/bytes.ts';
import { fileName } from '../../files/attachment.ts';
import { saveBlob } from './save-blob.ts';
import { streamToDisk } from './stream-to-disk.ts';

/** Bytes of a file that is held in memory while it is saved: as a rule, and where the browser has no other way. */
const MOST_IN_MEMORY = 32 * 1024 * 1024;
const MOST_WITHOUT_WORKER = 256 * 1024 * 1024;

export type Saved = 'saved' | 'stopped' | 'too-large-here';

/**
 * Saves a file on the person's device under its own name, as they asked for it. A small one is read to its end before;
 * a larger one passes through the service worker, and what turns out not to be right is discarded by the browser.
 * @param read gives its bytes, authenticated, in order; they end only when the whole file is right, and throw otherwise
 * @throws whatever `read` throws
 */
export async function saveFile(
	file: { readonly name: string; readonly size: number },
	read: () => AsyncGenerator<Bytes>
): Promise<Saved> {
	const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
	if (worker && file.size > MOST_IN_MEMORY) {
		const ended = await streamToDisk(worker, file, read());
		if (ended !== 'no-worker') return ended;
	}
	if (file.size > MOST_WITHOUT_WORKER) return 'too-large-here';
	const parts: Bytes[] = [];
	for await (const part of read()) parts.push(part);
	saveBlob(new Blob(parts, { type: 'application/octet-stream' }), fileName(file.name));
	return 'saved';
}
