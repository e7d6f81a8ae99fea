import { serveRoute } from '$lib/server/http/serve-route.ts';
import { readHistory } from '$lib/server/records/read-history.ts';

export const GET = serveRoute('readHistory', async ({ arca, person, params }) => {
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(await readHistory(arca, person, params), { headers });
});
