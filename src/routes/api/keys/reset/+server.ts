import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import { askReset } from '$lib/server/keys/reset.ts';

export const POST = serveRoute('askReset', ({ arca, person }) => askReset(arca, person));

export const DELETE = serveRoute('cancelReset', async ({ arca, person }) => {
	await callFunction(arca.backend, person, 'cancel_reset', {});
	return null;
});
