import { getPart } from '$lib/server/contents/get-part.ts';
import { putPart } from '$lib/server/contents/put-part.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const PUT = serveRoute('putPart', ({ arca, person, params, body }) => putPart(arca, person, params, body));

export const GET = serveRoute('getPart', ({ arca, person, params }) => getPart(arca, person, params));
