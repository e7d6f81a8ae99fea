import { pushEnvelopeSchema } from '$lib/api/record.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import { pushRecords } from '$lib/server/records/push-records.ts';

export const POST = serveRoute(
	'pushRecords',
	async ({ arca, person, body }) => ({ results: await pushRecords(arca, person, body) }),
	pushEnvelopeSchema
);
