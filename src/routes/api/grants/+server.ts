import { serveRoute } from '$lib/server/http/serve-route.ts';
import { listGrants, postGrants } from '$lib/server/keys/rosters.ts';

export const GET = serveRoute('listGrants', async ({ arca, person, query }) => ({
	grants: await listGrants(arca, person, query.entity)
}));

export const POST = serveRoute('postGrants', async ({ arca, person, body }) => ({
	grants: await postGrants(arca, person, body)
}));
