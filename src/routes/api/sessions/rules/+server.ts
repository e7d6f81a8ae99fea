import type { SessionRules } from '$lib/api/sessions.ts';
import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const PUT = serveRoute('setSessionRules', async ({ arca, person, body }) => {
	return (await callFunction(arca.backend, person, 'set_session_rules', { ...body })) as SessionRules;
});
