import { letGo } from '../let-go.ts';
import { refuse } from './refusal.ts';

/** Bytes of memory around a body, for whoever puts something before and after it. */
export interface Room {
	before: number;
	after: number;
}

/**
 * The bytes of a request's body, in memory that nothing else is in.
 *
 * Of one that is too large the rest is read and let go of, up to the adapter's ceiling: whoever is answered before they have
 * sent all of it may hear of a broken connection instead of what is wrong.
 * @param most how many there may be.
 * @param room how much longer than they are the memory is.
 * @throws Refusal `request/too-large`
 */
export async function readBody(
	request: Request,
	most: number,
	room: Room = { before: 0, after: 0 }
): Promise<Uint8Array<ArrayBuffer>> {
	let isTooLarge = Number(request.headers.get('content-length') ?? 0) > most;
	const parts: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const part of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
			size += part.byteLength;
			isTooLarge ||= size > most;
			if (isTooLarge) letGo(part);
			else parts.push(part);
		}
	} catch (error) {
		// The adapter's own ceiling, which lies above every route's.
		if ((error as { status?: unknown }).status === 413) throw tooLarge(most);
		throw error;
	}
	if (isTooLarge) throw tooLarge(most);
	const memory = Buffer.allocUnsafeSlow(room.before + size + room.after);
	let end = room.before;
	for (const part of parts) {
		memory.set(part, end);
		end += part.byteLength;
		letGo(part);
	}
	return memory.subarray(room.before, end);
}

/**
 * The value of a JSON body in UTF-8 (RFC 8259).
 * @param also what it may be called besides `application/json`.
 * @throws Refusal `request/content-type`, `request/too-large`, `request/not-json`.
 */
export async function readJson(
	request: Request,
	most: number,
	also?: string
): Promise<{ value: unknown; bytes: number }> {
	const [type] = (request.headers.get('content-type') ?? '').split(';');
	if (!['application/json', also].includes(type?.trim().toLowerCase())) throw refuse('request/content-type');
	const bytes = await readBody(request, most);
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return { value: JSON.parse(text), bytes: bytes.byteLength };
	} catch {
		throw refuse('request/not-json', { errors: [{ pointer: '#', detail: 'must be JSON in UTF-8' }] });
	}
}

function tooLarge(most: number): Error {
	const errors = [{ pointer: '#', detail: `may have at most ${most} bytes` }];
	// What is not read to its end would stand before the next request of its connection.
	return refuse('request/too-large', { errors, headers: { connection: 'close' } });
}
