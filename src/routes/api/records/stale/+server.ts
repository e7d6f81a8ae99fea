import { serveRoute } from '$lib/server/http/serve-route.ts';
import { listStale } from '$lib/server/records/list-stale.ts';

export const POST = serveRoute('listStale', async ({ arca, person, body }) => {
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(await listStale(arca, person, body), { headers });
});
