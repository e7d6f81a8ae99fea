import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const POST = serveRoute(
	'openContent',
	async ({ arca, person, body }) => (await callFunction(arca.backend, person, 'open_content', body)) as { id: string }
);

export const GET = serveRoute('listStaleContents', async ({ arca, person, query }) => ({
	contents: (await callFunction(arca.backend, person, 'list_stale_contents', query)) as { id: string; file: string }[]
}));
