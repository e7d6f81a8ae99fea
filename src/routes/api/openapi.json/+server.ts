import { describeRoutes } from '$lib/server/http/describe-routes.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const GET = serveRoute('openapi', () => Promise.resolve(describeRoutes()));
