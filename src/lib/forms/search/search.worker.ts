import { SearchDesk } from './search-desk.ts';
import type { SearchCall, SearchReply } from './search-line.ts';

// Making the texts of 100,000 records takes a second or more, and looking through them longer than a frame: it is done
// here. Nothing of it is ever on disk.
const desk = new SearchDesk();

addEventListener('message', ({ data }: MessageEvent<SearchCall>) => {
	const reply: SearchReply = { number: data.number, answer: desk.handle(data.request) };
	postMessage(reply, { transfer: [reply.answer.buffer] });
});
