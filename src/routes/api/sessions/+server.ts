import type { PersonSession, SessionRules } from '$lib/api/sessions.ts';
import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

/** What the database's function gives. */
interface Listed {
	sessions: (Omit<PersonSession, 'secondStep'> & { second_step: boolean })[];
	rules: SessionRules;
}

export const GET = serveRoute('listSessions', async ({ arca, person }) => {
	const { sessions, rules } = (await callFunction(arca.backend, person, 'list_sessions', {})) as Listed;
	return { sessions: sessions.map(({ second_step: secondStep, ...rest }) => ({ ...rest, secondStep })), rules };
});

export const DELETE = serveRoute('revokeOtherSessions', async ({ arca, person }) => ({
	revoked: (await callFunction(arca.backend, person, 'revoke_other_sessions', {})) as number
}));
