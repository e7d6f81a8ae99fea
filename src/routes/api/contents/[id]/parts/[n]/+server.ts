import { getPart } from '$lib/server/contents/get-part.ts';
import { putPart } from '$lib/server/contents/put-part.ts';
import { letGo } from '$lib/server/let-go.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const PUT = serveRoute('putPart', ({ arca, person, params, body }) => putPart(arca, person, params, body));

export const GET = serveRoute('getPart', async ({ arca, person, params }) => {
	const part = await getPart(arca, person, params);
	const headers = {
		'content-type': 'application/octet-stream',
		'content-disposition': 'attachment',
		'cache-control': 'no-store'
	};
	const answer = new Response(part as Uint8Array<ArrayBuffer>, { headers });
	// It has a copy of its own (Fetch, "extract a body"). What is short may lie among others in Node's pool.
	if (part.length > Buffer.poolSize) letGo(new Uint8Array(part.buffer));
	return answer;
});
