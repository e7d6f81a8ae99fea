import { ExportDesk } from './export-desk.ts';
import type { ExportAnswer, ExportCall } from './exporter.ts';

// A workbook of thousands of rows would hold up the page: it is made here.
const desk = new ExportDesk();
const answer = (said: ExportAnswer, transfer: Transferable[] = []): void => postMessage(said, { transfer });

addEventListener('message', ({ data: { number, request } }: MessageEvent<ExportCall>) => {
	desk
		.handle(request, (done, total) => answer({ number, done, total }))
		.then(
			(file) => answer({ number, file }, file ? [file.bytes.buffer] : []),
			() => answer({ number, failed: true })
		);
});
