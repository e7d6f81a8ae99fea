import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const DELETE = serveRoute('revokeSession', async ({ arca, person, params }) => {
	await callFunction(arca.backend, person, 'revoke_session', { session: params.id }, { PT404: 'session/not-found' });
	return null;
});
