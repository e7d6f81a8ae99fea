import { serveRoute } from '$lib/server/http/serve-route.ts';
import { howEnded } from '$lib/server/sessions/how-ended.ts';

export const POST = serveRoute('howSessionEnded', async ({ arca, body }) => ({
	how: await howEnded(arca.backend, body.session)
}));
