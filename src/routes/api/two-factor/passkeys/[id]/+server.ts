import { serveRoute } from '$lib/server/http/serve-route.ts';
import { removePasskey, renamePasskey } from '$lib/server/two-factor/passkeys.ts';

export const PATCH = serveRoute('renamePasskey', ({ arca, person, params, body }) =>
	renamePasskey(arca, person, params.id, body.name)
);
export const DELETE = serveRoute('removePasskey', ({ arca, person, params }) => removePasskey(arca, person, params.id));
