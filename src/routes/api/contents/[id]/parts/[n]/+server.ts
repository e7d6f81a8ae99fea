import { getPart } from '$lib/server/contents/get-part.ts';
import { putPart } from '$lib/server/contents/put-part.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const PUT = serveRoute('putPart', ({ arca, person, params, body }) => putPart(arca, person, params, body));

export const GET = serveRoute('getPart', async ({ arca, person, params }) => {
	const part = await getPart(arca, person, params);
	const headers = {
		'content-type': 'application/octet-stream',
		'content-disposition': 'attachment',
		'cache-control': 'no-store'
	};
	return new Response(part as Uint8Array<ArrayBuffer>, { headers });
});
