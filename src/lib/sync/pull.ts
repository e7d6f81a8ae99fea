import type { Domain } from '../api/ids.ts';
import { MOST_ROWS } from '../api/record.ts';
import type { PullAnswer } from '../api/record.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

/** Where a device stands in each domain: the highest sequence it has, a decimal string; `'0'` before the first pull. */
export type Cursor = Partial<Record<Domain, string>>;

export interface PullOptions {
	/** Rows in one page, at most 1000. */
	limit?: number;
	signal?: AbortSignal;
	/** Called with every page in order; `page.after` is the cursor to go on from, also after a failure. */
	onPage(page: PullAnswer): void;
}

/**
 * Pulls what is new after `cursor`, page by page until the server has no more, and gives the cursor reached.
 * A domain that is missing from the cursor is not pulled. Stops early when the entity's epoch is not `epoch` (the
 * server was restored from a backup): that page is not reported and `restored` is true. Throws ApiError.
 */
export async function pullRecords(
	client: ApiClient,
	entity: string,
	cursor: Cursor,
	epoch: string | null,
	options: PullOptions
): Promise<{ cursor: Cursor; epoch: string; restored: boolean }> {
	let after = cursor;
	for (;;) {
		const body = { entity, after, limit: options.limit ?? MOST_ROWS };
		const page = await client.call('pullRecords', { body, signal: options.signal });
		if (epoch !== null && page.epoch !== epoch) return { cursor: after, epoch: page.epoch, restored: true };
		epoch = page.epoch;
		if (page.more && !advances(after, page.after)) throw new ApiError('sync/bad-answer', 200, 'after');
		options.onPage(page);
		after = { ...after, ...page.after };
		if (!page.more) return { cursor: after, epoch, restored: false };
	}
}

/** A page that promises more must have moved a cursor, else the same page would be asked for ever. */
function advances(before: Cursor, after: Cursor): boolean {
	const domains = Object.keys(after) as Domain[];
	return domains.some((domain) => BigInt(after[domain] ?? '0') > BigInt(before[domain] ?? '0'));
}
