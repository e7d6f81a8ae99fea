import type { PDFDocumentProxy } from 'pdfjs-dist';
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url';
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url';
import type { Bytes } from '../../crypto/bytes.ts';
import workerUrl from './pdf.worker.ts?worker&url';

/** A PDF that is open, in a worker of its own. */
export interface OpenPdf {
	readonly document: PDFDocumentProxy;
	/** Ends its worker; nothing of it stays. */
	close(): void;
}

/**
 * Opens a PDF. Its scripts, forms and links do nothing: pages are drawn, and their text is read. What reads the pictures
 * of scans is fetched with it whether there are any: no request tells what is in a file.
 * @throws what pdf.js throws: `PasswordException` for one that asks for a password
 */
export async function openPdf(bytes: Bytes): Promise<OpenPdf> {
	const [pdf, jbig2, openjpeg] = await Promise.all([import('pdfjs-dist'), load(jbig2Url), load(openjpegUrl)]);
	const readers: Readonly<Record<string, Bytes>> = { 'jbig2.wasm': jbig2, 'openjpeg.wasm': openjpeg };
	class BundledData {
		/** Gives what comes with the app; for anything else pdf.js does without. */
		fetch({ filename }: { filename: string }): Promise<Bytes> {
			const found = readers[filename];
			return found ? Promise.resolve(found) : Promise.reject(new Error('not bundled'));
		}
	}
	const port = new Worker(workerUrl, { type: 'module', name: 'pdf' });
	const worker = pdf.PDFWorker.create({ port });
	const close = (): void => {
		worker.destroy();
		port.terminate();
	};
	try {
		const document = await pdf.getDocument({
			data: bytes,
			worker,
			BinaryDataFactory: BundledData,
			useWorkerFetch: false,
			disableWorkerRendering: true,
			enableXfa: false,
			// A picture of more pixels is left out: no phone draws it.
			maxImageSize: 64 * 1024 * 1024,
			verbosity: 0
		}).promise;
		return { document, close };
	} catch (error) {
		close();
		throw error;
	}
}

async function load(url: string): Promise<Bytes> {
	return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
