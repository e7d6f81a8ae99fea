import { serveRoute } from '$lib/server/http/serve-route.ts';
import { verify } from '$lib/server/two-factor/verify.ts';

export const POST = serveRoute('verifyTwoFactor', ({ arca, person, body }) => verify(arca, person, body.code));
