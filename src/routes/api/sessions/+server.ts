import type { PersonSession, SessionRules } from '$lib/api/sessions.ts';
import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const GET = serveRoute('listSessions', async ({ arca, person }) => {
	const listed = await callFunction(arca.backend, person, 'list_sessions', {});
	return listed as { sessions: PersonSession[]; rules: SessionRules };
});

export const DELETE = serveRoute('revokeOtherSessions', async ({ arca, person }) => ({
	revoked: (await callFunction(arca.backend, person, 'revoke_other_sessions', {})) as number
}));
