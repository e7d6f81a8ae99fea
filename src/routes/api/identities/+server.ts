import { serveRoute } from '$lib/server/http/serve-route.ts';
import { listIdentities } from '$lib/server/keys/known-people.ts';

export const GET = serveRoute('listIdentities', ({ arca, person, query }) => listIdentities(arca, person, query.user));
