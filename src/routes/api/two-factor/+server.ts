import { serveRoute } from '$lib/server/http/serve-route.ts';
import { getTwoFactor } from '$lib/server/two-factor/state.ts';

export const GET = serveRoute('getTwoFactor', ({ arca, person }) => getTwoFactor(arca, person));
