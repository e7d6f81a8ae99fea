import { MOST_CHANGES, MOST_PUSH_BYTES } from '../api/record.ts';

/** Room for what stands around the changes in a request. */
const ENVELOPE_BYTES = 4096;

const encoder = new TextEncoder();

/** How many bytes a value takes as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
	return encoder.encode(JSON.stringify(value)).length;
}

/**
 * Cuts changes, in order, into batches of at most 500 changes and 8 MiB of JSON. A single change above the limit
 * stands alone, so that the server's refusal hits nothing else.
 */
export function cutBatches<T>(changes: readonly T[]): T[][] {
	const batches: T[][] = [];
	let batch: T[] = [];
	let bytes = 0;
	for (const change of changes) {
		const size = jsonBytes(change) + 1;
		if (batch.length > 0 && (batch.length === MOST_CHANGES || bytes + size > MOST_PUSH_BYTES - ENVELOPE_BYTES)) {
			batches.push(batch);
			batch = [];
			bytes = 0;
		}
		batch.push(change);
		bytes += size;
	}
	if (batch.length > 0) batches.push(batch);
	return batches;
}
