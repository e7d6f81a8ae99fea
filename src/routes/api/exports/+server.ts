import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const POST = serveRoute('noteExport', async ({ arca, person, body }) => {
	await callFunction(arca.backend, person, 'note_export', { ...body });
	return null;
});
