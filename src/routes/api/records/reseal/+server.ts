import { serveRoute } from '$lib/server/http/serve-route.ts';
import { resealRecords } from '$lib/server/records/reseal-records.ts';

export const POST = serveRoute('resealRecords', async ({ arca, person, body }) => ({
	results: await resealRecords(arca, person, body)
}));
