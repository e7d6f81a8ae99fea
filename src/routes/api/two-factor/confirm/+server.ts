import { serveRoute } from '$lib/server/http/serve-route.ts';
import { confirm } from '$lib/server/two-factor/enroll.ts';

export const POST = serveRoute('confirmTwoFactor', ({ arca, person, body }) => confirm(arca, person, body.code));
