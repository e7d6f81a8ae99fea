import { serveRoute } from '$lib/server/http/serve-route.ts';
import { addPasskey } from '$lib/server/two-factor/passkeys.ts';

export const POST = serveRoute('addPasskey', ({ arca, person, body }) => addPasskey(arca, person, body));
