import { callFunction } from '$lib/server/backend/call-function.ts';
import { contentProblems } from '$lib/server/contents/content-place.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const POST = serveRoute('completeContent', async ({ arca, person, params, body }) => {
	const problems = { ...contentProblems, PT409: 'content/incomplete' } as const;
	await callFunction(arca.backend, person, 'complete_content', { content: params.id, ...body }, problems);
	return null;
});
