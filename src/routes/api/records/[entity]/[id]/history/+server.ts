import { serveRoute } from '$lib/server/http/serve-route.ts';
import { readHistory } from '$lib/server/records/read-history.ts';

export const GET = serveRoute('readHistory', ({ arca, person, params }) => readHistory(arca, person, params));
