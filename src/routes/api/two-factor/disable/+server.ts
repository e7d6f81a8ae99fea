import { serveRoute } from '$lib/server/http/serve-route.ts';
import { disable } from '$lib/server/two-factor/verify.ts';

export const POST = serveRoute('disableTwoFactor', ({ arca, person, body }) => disable(arca, person, body));
