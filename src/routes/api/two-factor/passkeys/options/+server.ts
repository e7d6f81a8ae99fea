import { serveRoute } from '$lib/server/http/serve-route.ts';
import { enrollPasskey } from '$lib/server/two-factor/passkeys.ts';

export const POST = serveRoute('enrollPasskey', ({ arca, person }) => enrollPasskey(arca, person));
