import { arca } from '$lib/server/arca.ts';
import { createViolations, violationIn } from '$lib/server/http/policy-report.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

let note: ReturnType<typeof createViolations> | undefined;

export const POST = serveRoute('reportViolation', async ({ body }) => {
	const { log, settings } = await arca();
	note ??= createViolations(log);
	note(violationIn(body, settings.origin));
	return null;
});
