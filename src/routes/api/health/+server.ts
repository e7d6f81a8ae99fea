import { version } from '$app/environment';
import type { Health } from '$lib/api/config.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import packageJson from '../../../../package.json' with { type: 'json' };

export const GET = serveRoute('health', ({ arca }) => {
	const health: Health = { status: 'ok', version: packageJson.version, build: version, backend: arca.backend.kind };
	return Promise.resolve(health);
});
