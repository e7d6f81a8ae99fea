import type { HistoryAnswer, PullAnswer, PushAnswer, PushRequest, Result } from '../api/record.ts';
import type { AnswerOf, RouteName } from '../api/routes.ts';
import { ApiError } from './api-error.ts';
import type { ApiClient, CallInput } from './api-client.ts';
import { layerOf } from './layers.ts';
import type { Layers } from './layers.ts';
import { openRows, refuseRow } from './open-rows.ts';
import type { RefuseRow } from './open-rows.ts';

/**
 * The client with the user layer taken off whatever records come: of pulls, conflicts and histories. Above it records
 * have `plain`, or say in `unread` why not. What goes out was sealed before; a body in the clear for a domain with a user
 * layer never leaves.
 */
export function sealedClient(client: ApiClient, layers: Layers, refuse: RefuseRow = refuseRow): ApiClient {
	const open: { [N in RouteName]?: (input: CallInput<N>, answer: AnswerOf<N>) => Promise<AnswerOf<N>> } = {
		pullRecords: async ({ body }, page: PullAnswer) => {
			return { ...page, records: await openRows(layers, body?.entity ?? '', page.records, refuse) };
		},
		readHistory: async ({ params }, { records }: HistoryAnswer) => {
			return { records: await openRows(layers, params?.entity ?? '', records, refuse) };
		},
		pushRecords: async ({ body }, answer: PushAnswer) => {
			return { results: await openCurrent(layers, body?.entity ?? '', answer.results, refuse) };
		}
	};
	return {
		async call<N extends RouteName>(name: N, input: CallInput<N> = {}): Promise<AnswerOf<N>> {
			if (name === 'pushRecords') refuseClear(layers, input.body as PushRequest);
			const answer = await client.call(name, input);
			return (await open[name]?.(input, answer)) ?? answer;
		}
	};
}

/** The rows that another device's changes left, in the results that tell of them. */
async function openCurrent(
	layers: Layers,
	entity: string,
	results: readonly Result[],
	refuse: RefuseRow
): Promise<Result[]> {
	const rows = results.flatMap((result) => (result.status === 'conflict' ? [result.current] : []));
	const opened = (await openRows(layers, entity, rows, refuse))[Symbol.iterator]();
	return results.map((result) =>
		result.status === 'conflict' ? { ...result, current: opened.next().value ?? result.current } : result
	);
}

/** The layer may have come over a change after it was made ready: then it is made ready again. */
function refuseClear(layers: Layers, { entity, changes }: PushRequest): void {
	const clear = changes.some(({ domain, plain }) => plain !== undefined && layerOf(layers, entity, domain) !== null);
	if (clear) throw new ApiError('sync/plain-refused', 409);
}
