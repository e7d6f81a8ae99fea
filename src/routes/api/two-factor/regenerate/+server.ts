import { serveRoute } from '$lib/server/http/serve-route.ts';
import { renewRecoveryCodes } from '$lib/server/two-factor/enroll.ts';

export const POST = serveRoute('renewRecoveryCodes', ({ arca, person }) => renewRecoveryCodes(arca, person));
