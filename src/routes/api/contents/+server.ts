import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const POST = serveRoute(
	'openContent',
	async ({ arca, person, body }) => (await callFunction(arca.backend, person, 'open_content', body)) as { id: string }
);
