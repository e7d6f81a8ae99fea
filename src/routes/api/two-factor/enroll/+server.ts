import { serveRoute } from '$lib/server/http/serve-route.ts';
import { enroll } from '$lib/server/two-factor/enroll.ts';

export const POST = serveRoute('enrollTwoFactor', ({ arca, person }) => enroll(arca, person));
