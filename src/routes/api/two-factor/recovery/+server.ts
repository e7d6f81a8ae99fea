import { serveRoute } from '$lib/server/http/serve-route.ts';
import { recover } from '$lib/server/two-factor/verify.ts';

export const POST = serveRoute('recoverTwoFactor', ({ arca, person, body }) =>
	recover(arca, person, body.recoveryCode)
);
