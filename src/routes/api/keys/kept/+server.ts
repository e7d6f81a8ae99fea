import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const DELETE = serveRoute('eraseKeptKeys', async ({ arca, person }) => {
	await callFunction(arca.backend, person, 'erase_kept_keys', {});
	return null;
});
