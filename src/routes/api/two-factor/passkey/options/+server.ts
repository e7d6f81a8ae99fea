import { serveRoute } from '$lib/server/http/serve-route.ts';
import { askPasskey } from '$lib/server/two-factor/passkey-step.ts';

export const POST = serveRoute('askPasskey', ({ arca, person }) => askPasskey(arca, person));
