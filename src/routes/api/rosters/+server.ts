import { serveRoute } from '$lib/server/http/serve-route.ts';
import { listRosters, postRoster } from '$lib/server/keys/rosters.ts';

export const GET = serveRoute('listRosters', ({ arca, person, query }) => listRosters(arca, person, query));

export const POST = serveRoute('postRoster', async ({ arca, person, body }) => ({
	rosters: [await postRoster(arca, person, body)]
}));
