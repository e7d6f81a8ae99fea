import { pushEnvelopeSchema } from '$lib/api/record.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import { pushRecords } from '$lib/server/records/push-records.ts';

export const POST = serveRoute(
	'pushRecords',
	async ({ arca, person, body }) => {
		const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
		return new Response(await pushRecords(arca, person, body), { headers });
	},
	pushEnvelopeSchema
);
