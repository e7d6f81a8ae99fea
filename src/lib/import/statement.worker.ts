import { ImportError } from './import-error.ts';
import type { ReaderAnswer, ReaderCall } from './statement-reader.ts';
import { StatementDesk } from './statement-desk.ts';

// Splitting, guessing and reading a file of thousands of rows would hold up the page: it is done here.
const desk = new StatementDesk();

addEventListener('message', ({ data }: MessageEvent<ReaderCall>) => {
	const answer = (answer: ReaderAnswer) => postMessage(answer);
	try {
		answer({ number: data.number, value: desk.handle(data.request) });
	} catch (error) {
		answer({ number: data.number, code: error instanceof ImportError ? error.code : 'import/unexpected' });
	}
});
