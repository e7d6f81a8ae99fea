import { MOST_CHANGES, MOST_PUSH_BYTES, MOST_ROWS } from '$lib/api/record.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import { PASSWORD_LENGTH } from '$lib/server/settings.ts';

export const GET = serveRoute('config', async ({ arca: { backend, settings } }) => ({
	supabaseUrl: backend.publicUrl,
	publishableKey: backend.publishableKey,
	providers: ['password', ...(await backend.providers())],
	mail: backend.kind === 'supabase' || settings.smtpUrl !== undefined,
	realtime: backend.kind === 'supabase',
	limits: { changes: MOST_CHANGES, pushBytes: MOST_PUSH_BYTES, rows: MOST_ROWS, passwordLength: PASSWORD_LENGTH }
}));
