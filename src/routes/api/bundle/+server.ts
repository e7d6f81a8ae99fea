import { serveRoute } from '$lib/server/http/serve-route.ts';
import { getBundle, putBundle } from '$lib/server/keys/bundle.ts';

export const GET = serveRoute('getBundle', ({ arca, person, query }) => getBundle(arca, person, query));

export const PUT = serveRoute('putBundle', ({ arca, person, body }) => putBundle(arca, person, body));
