import { callFunction } from '$lib/server/backend/call-function.ts';
import { contentProblems } from '$lib/server/contents/content-place.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const GET = serveRoute('getContent', async ({ arca, person, params }) => {
	const content = { content: params.id };
	const found = await callFunction(arca.backend, person, 'read_content', content, contentProblems);
	const { state, parts } = found as { state: string; parts: number[] };
	return { parts, complete: state !== 'open' };
});

export const DELETE = serveRoute('releaseContent', async ({ arca, person, params }) => {
	await callFunction(arca.backend, person, 'release_content', { content: params.id }, contentProblems);
	return null;
});
