import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, setExperimental } from '@supabase/lite';
import { createFileStorage } from '../../src/lib/server/backend/file-storage.ts';
import { migrate } from '../../src/lib/server/backend/migrate.ts';
import { openPostgres } from '../../src/lib/server/backend/open-postgres.ts';
import { createEmailChange } from './supabase-email-change.ts';
import { realtimeSchema, startRealtime } from './supabase-realtime.ts';
import { acceptSocket } from './text-socket.ts';

/*
 * A Supabase project for tests, in a process of its own: Supabase's interfaces from @supabase/lite on a PostgreSQL, with
 * the project's settings (supabase/config.toml) and migrations. Where it differs from a hosted project:
 * - Access tokens are signed with HS256; a hosted project signs with ES256. Arca's server asks Auth about either.
 * - Auth tells an unconfirmed address before it has looked at the password, and answers a repeated sign-up with 429,
 *   where GoTrue compares the password first and answers as if the address were new.
 * - There is no gateway: no rate limits of its own; what it lets other origins do is said below, for Auth of lite says
 *   too little for a browser.
 * - No auth hooks (password_verification_attempt), no notices of a changed password or address, no reauthentication.
 * - Lite has no Realtime: what of it we use is played before it, or accepts sockets and never says a word (REALTIME).
 * - Its storage names a signed URL otherwise; that is translated below.
 * - Its secure change of address asks the old mailbox alone; GoTrue's two codes are played by the front of these calls.
 */

const {
	PORT,
	DATABASE_URL = '',
	JWT_SECRET = '',
	PUBLISHABLE_KEY = '',
	SITE_URL = '',
	REALTIME,
	GITHUB_URL
} = process.env;
const migrations = fileURLToPath(new URL('../../supabase/migrations', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'arca-supabase-'));
const { connection, database } = openPostgres(DATABASE_URL);

/** What GoTrue lets pages of other origins send and read; Retry-After is not among it. */
const everyOrigin = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'x-total-count, link, x-supabase-api-version'
};
const preflight = {
	...everyOrigin,
	'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
	'access-control-allow-headers':
		'accept, authorization, content-type, x-client-ip, x-client-info, x-supabase-api-version, apikey'
};

/** Tells the test what was mailed. */
function deliver(to: string, code: string): void {
	process.send?.({ to, code });
}

setExperimental('storage', true);
const app = new App({
	connection,
	auth: {
		enabled: true,
		jwt_secret: JWT_SECRET,
		jwt_expiry: 900,
		site_url: SITE_URL,
		additional_redirect_urls: ['http://localhost:*/sign-in'],
		...(GITHUB_URL
			? {
					external: {
						github: {
							enabled: true,
							client_id: 'client',
							secret: 'secret',
							url: GITHUB_URL,
							redirect_uri: `${SITE_URL}/auth/v1/callback`
						}
					}
				}
			: {}),
		publishable_key: PUBLISHABLE_KEY,
		enable_refresh_token_rotation: true,
		refresh_token_reuse_interval: 10,
		minimum_password_length: 10,
		email: {
			enable_signup: true,
			enable_confirmations: true,
			double_confirm_changes: false,
			otp_length: 10,
			otp_expiry: 900
		}
	},
	storage: { enabled: true, file_size_limit: '4112KiB' },
	api: { schemas: ['public'] },
	options: {
		drivers: {
			email: {
				send({ to, text }) {
					const code = /\b\d{10}\b/.exec(text ?? '')?.[0] ?? '';
					emailChange.note(to, code);
					deliver(to, code);
					return Promise.resolve();
				}
			}
		},
		server: { admin: false, disableStudio: true }
	}
});
app._storageAdapter = createFileStorage(folder);
await app.ensureSystemSchema();
// Realtime is there before our migrations are, and the roles that both name before either.
await migrate(connection, database, migrations, () => false);
await database.script(await realtimeSchema());
await migrate(connection, database, migrations);
const ask = (request: Request) => Promise.resolve(app.fetch(request, { peerAddress: null }));
const emailChange = createEmailChange(ask, deliver);
await ask(new Request('http://project/rest/v1/entities?limit=0', { headers: { apikey: PUBLISHABLE_KEY } }));

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
	if (incoming.method === 'OPTIONS') return void outgoing.writeHead(204, preflight).end();
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	const received = Object.entries(incoming.headers);
	const headers = new Headers(received.map(([name, value]): [string, string] => [name, String(value)]));
	const { method = 'GET', url = '/' } = incoming;
	const body = parts.length > 0 ? { body: Buffer.concat(parts) } : {};
	const given = await emailChange.answer(new Request(`http://localhost:${PORT}${url}`, { method, headers, ...body }));
	const bytes = Buffer.from(await given.arrayBuffer());
	const isSigned = method === 'POST' && url.startsWith('/storage/v1/object/sign/');
	outgoing.writeHead(given.status, { ...Object.fromEntries(given.headers), ...everyOrigin });
	outgoing.end(isSigned ? bytes.toString().replace('"signedUrl":"/storage/v1/', '"signedURL":"/') : bytes);
}

const server = createServer((incoming, outgoing) => {
	answer(incoming, outgoing).catch((error: unknown) => {
		console.error(error);
		outgoing.writeHead(500).end();
	});
});
const realtime = await startRealtime(DATABASE_URL, JWT_SECRET, PUBLISHABLE_KEY);
server.on('upgrade', (request, stream) => {
	if (REALTIME === 'silent')
		acceptSocket(
			request,
			stream,
			() => undefined,
			() => undefined
		);
	else realtime.upgrade(request, stream);
});
server.listen(Number(PORT), 'localhost', () => process.send?.('ready'));
process.once('SIGTERM', () => {
	server.close();
	server.closeAllConnections();
	void Promise.all([realtime.close(), connection.close(), rm(folder, { recursive: true, force: true })]).then(() =>
		process.exit(0)
	);
});
