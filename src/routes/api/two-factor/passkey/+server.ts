import { serveRoute } from '$lib/server/http/serve-route.ts';
import { verifyPasskey } from '$lib/server/two-factor/passkey-step.ts';

export const POST = serveRoute('verifyPasskey', ({ arca, person, body }) => verifyPasskey(arca, person, body));
