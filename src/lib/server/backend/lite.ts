import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { App, setExperimental } from '@supabase/lite';
import type { Connection } from '@supabase/lite';
import { inOnePiece } from '../http/one-piece.ts';
import { CODE_LIFETIME } from '../mail/code-mail.ts';
import type { Mail } from '../mail/create-mail.ts';
import type { Secrets } from '../secrets.ts';
import { PASSWORD_LENGTH } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { proofKeysSql } from '../two-factor/proof-keys-sql.ts';
import { archiveMaker } from '../backup/seal-archive.ts';
import type { Backend, LocalAccounts } from './backend.ts';
import type { Database, Statement } from './database.ts';
import { DECOY } from './decoy.ts';
import { createFunctions } from './direct-functions.ts';
import { endedIn, endSessionsStatement } from './end-sessions.ts';
import { createFileStorage } from './file-storage.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { verifyToken } from './verify-token.ts';

interface Parts {
	kind: 'embedded' | 'postgres';
	connection: Connection;
	database: Database;
	settings: Settings;
	secrets: Secrets;
	mail: Mail;
}

/** Supabase's interfaces in this process, over a connection to PGlite or PostgreSQL, with the schema brought up to date. */
export async function openLite({ kind, connection, database, settings, secrets, mail }: Parts): Promise<Backend> {
	setExperimental('storage', true);
	const app = new App({
		connection,
		auth: {
			enabled: true,
			jwt_secret: secrets.jwtSecret,
			jwt_expiry: 3600,
			site_url: settings.origin,
			publishable_key: secrets.publishableKey,
			// No secret key: nothing that asks this interface passes by row-level security.
			enable_refresh_token_rotation: true,
			refresh_token_reuse_interval: 10,
			minimum_password_length: PASSWORD_LENGTH,
			email: {
				enable_signup: true,
				// The forwarder's own: the backend's would tell of an account and let a stranger's sign-up keep its owner out.
				enable_confirmations: false,
				double_confirm_changes: false,
				otp_length: 6,
				otp_expiry: CODE_LIFETIME / 1000
			}
		},
		storage: { enabled: true, file_size_limit: '4112KiB' },
		api: { schemas: ['public'] },
		options: { drivers: { email: mail.driver }, server: { admin: false, disableStudio: true } }
	});
	const files = join(settings.data, 'files');
	app._storageAdapter = createFileStorage(files);
	await app.ensureSystemSchema();
	await migrate(connection, database, MIGRATIONS);
	const mailed = mail.letters ? { letters: mail.letters } : {};
	const ask: Backend['fetch'] = (path, init) =>
		database.exclusively(() => app.fetch(new Request(`http://backend${path}`, uncopied(init)), { peerAddress: null }));
	// The interface grants its roles what it thinks they need when it is first asked; asked by many at once, that fails.
	await ask('/rest/v1/entities?limit=0', { headers: { apikey: secrets.publishableKey } });
	return {
		kind,
		publicUrl: '/supabase',
		publishableKey: secrets.publishableKey,
		fetch: ask,
		call: await createFunctions(database),
		identify: (token) => Promise.resolve(verifyToken(token, secrets.jwtSecret)),
		mustAsk: () => false,
		// It takes an address that a provider has not checked for one that is its owner's: see docs/sign-in.md.
		providers: () => Promise.resolve([]),
		local: { ...(await openAccounts(database, ask, secrets.publishableKey)), ...mailed },
		archive: archiveMaker(database, files),
		close: () => connection.close()
	};
}

/** The same request, whose bytes are read in this process where they are. */
function uncopied(init: RequestInit & { duplex?: 'half' } = {}): RequestInit {
	const { body } = init;
	if (!(body instanceof Uint8Array)) return init;
	const streamed: typeof init = { ...init, body: inOnePiece(body), duplex: 'half' };
	return streamed;
}

/** @param ask the backend's own interface, through which the decoy signs up like anybody. */
async function openAccounts(database: Database, ask: Backend['fetch'], apikey: string): Promise<LocalAccounts> {
	const decoy = DECOY;
	const hasAny = async (...asked: Statement) => {
		const [rows = []] = await database.transaction([asked]);
		return rows.length > 0;
	};
	const hasAccount = (email: string) => hasAny('select 1 from auth.users where email = $1', [email.toLowerCase()]);
	if (!(await hasAccount(decoy))) {
		const body = JSON.stringify({ email: decoy, password: randomBytes(40).toString('base64url') });
		await ask('/auth/v1/signup', { method: 'POST', headers: { apikey, 'content-type': 'application/json' }, body });
		// Signing up signs in, which nobody ever does to this account.
		const session = 'delete from auth.sessions s using auth.users u where u.id = s.user_id and u.email = $1';
		await database.transaction([[session, [decoy]]]);
	}
	return {
		decoy,
		hasAccount,
		shareProofKeys: async (keys) => void (await database.script(proofKeysSql(keys))),
		holdsSealed: () => hasAny('select 1 from public.entities limit 1', []),
		async noteSession(session, { userAgent, address }) {
			const note = 'update auth.sessions set user_agent = $1, ip = $2 where id = $3';
			// The backend opens sessions of an account that is closed as well.
			const close = `delete from auth.sessions s using auth.users u
				where s.id = $1 and u.id = s.user_id and u.banned_until > now() returning s.id`;
			const [closed] = await database.transaction([
				[close, [session]],
				[note, [userAgent.slice(0, 300), plainAddress(address), session]],
				['select app.note_sign_in($1)', [session]]
			]);
			return closed?.length ? 'closed' : 'noted';
		},
		async noteLock(email) {
			await database.transaction([['select app.note_lock(u.id) from auth.users u where u.email = $1', [email]]]);
		},
		async endSessions(wish) {
			const [rows] = await database.transaction([endSessionsStatement(wish)]);
			return endedIn(rows?.[0]);
		},
		async noteEnds() {
			await database.transaction([['select app.settle_sessions()', []]]);
		}
	};
}

/** An address as the database takes it: without the zone of a link-local one (RFC 4007); null when it is none. */
function plainAddress(address: string): string | null {
	const plain = address.replace(/%.*$/, '');
	return isIP(plain) ? plain : null;
}
