import { serveRoute } from '$lib/server/http/serve-route.ts';
import { pullRecords } from '$lib/server/records/pull-records.ts';

export const POST = serveRoute('pullRecords', async ({ arca, person, body }) => {
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(await pullRecords(arca, person, body), { headers });
});
