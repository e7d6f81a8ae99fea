import { serveRoute } from '$lib/server/http/serve-route.ts';
import { getKeys } from '$lib/server/keys/get-keys.ts';
import { putKeys } from '$lib/server/keys/put-keys.ts';

export const GET = serveRoute('getKeys', ({ arca, person, query }) => getKeys(arca, person, query));

export const PUT = serveRoute('putKeys', ({ arca, person, body }) => putKeys(arca, person, body));
