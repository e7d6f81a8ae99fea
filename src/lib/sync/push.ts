import type { Change, Result } from '../api/record.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { cutBatches } from './cut-batches.ts';

export interface PushOptions {
	signal?: AbortSignal;
	/** How often to send a batch at most when there is no answer. */
	tries?: number;
	/** Called after every batch with that batch's changes and, one each in order, what became of them. */
	onBatch?: (changes: Change[], results: Result[]) => void;
}

/**
 * Pushes changes of one entity in batches, one after another.
 *
 * Every change carries the id that was drawn when it was made: where an answer is lost the same bytes are sent again,
 * and the server answers them as the first time. Throws ApiError when a batch finally fails; what `onBatch` reported
 * before that stands, and the rest may be pushed later just as it is.
 */
export async function pushChanges(
	client: ApiClient,
	entity: string,
	changes: readonly Change[],
	options: PushOptions = {}
): Promise<void> {
	for (const batch of cutBatches(changes)) {
		options.signal?.throwIfAborted();
		const results = await pushBatch(client, entity, batch, options);
		options.onBatch?.(batch, results);
	}
}

async function pushBatch(
	client: ApiClient,
	entity: string,
	batch: Change[],
	{ signal, tries }: PushOptions
): Promise<Result[]> {
	const answer = await client.call('pushRecords', { body: { entity, changes: batch }, signal, tries });
	const inOrder = answer.results.every((result, place) => result.id === batch[place]?.id);
	if (answer.results.length !== batch.length || !inOrder) throw new ApiError('sync/bad-answer', 200, 'results');
	return answer.results;
}
