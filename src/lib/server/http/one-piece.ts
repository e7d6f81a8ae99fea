import { letGo } from '../let-go.ts';

/** A stream of these bytes, as they are: a request or an answer takes two copies of bytes on their way, and none of a stream's. */
export function inOnePiece(bytes: Uint8Array): ReadableStream<Uint8Array> {
	return new ReadableStream({
		start(stream) {
			stream.enqueue(bytes);
			stream.close();
		}
	});
}

/** All bytes of a body; where they come in one piece, that is given as it is. */
export async function readWhole(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) pieces.push(piece);
	const [only = new Uint8Array(), ...more] = pieces;
	if (more.length === 0) return only;
	const whole = Buffer.concat(pieces);
	for (const piece of pieces) letGo(piece);
	return whole;
}
