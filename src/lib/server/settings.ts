import { join, resolve } from 'node:path';
import { readLimits } from './limits/limits.ts';
import type { Limits } from './limits/limits.ts';
import { requireEncrypted } from './encrypted-links.ts';
import { StartError } from './start-error.ts';

/** The shortest password that an account may be made with. */
export const PASSWORD_LENGTH = 10;

type Environment = { readonly [name: string]: string | undefined };

/** What the environment says, checked once at the start; the rest of the server reads no environment. */
export interface Settings {
	production: boolean;
	/** Which backend, and what it is reached by. */
	backend:
		| { kind: 'embedded' }
		| { kind: 'postgres'; url: string }
		| { kind: 'supabase'; url: string; publishableKey: string };
	/** Folder of the rows and files. */
	data: string;
	/** Folder of the secrets, apart from the data so that a copy of the data alone is sealed. */
	keys: string;
	/** `ARCA_SYSTEM_KEYS`; without it the keys folder holds them. */
	systemKeys?: string;
	/** Where people reach the server. */
	origin: string;
	smtpUrl?: string;
	/** Whether what leaves the machine may be unencrypted: the way there is safe by other means. */
	plaintext: boolean;
	/** From whom mail comes. */
	mailFrom: string;
	limits: Limits;
	/** Where limits are counted: in memory for one server, in the database for several that share it. */
	countedIn: 'memory' | 'database';
	backup: {
		/** Public keys of age for which archives are encrypted, joined by commas; empty when there is none. */
		recipients: string;
		/** Where the server puts an archive a day and how many stay; absent when it makes none. */
		daily?: { folder: string; keep: number };
	};
}

/**
 * Reads the environment.
 * @throws StartError with a sentence that names the variable.
 */
export function readSettings(env: Environment): Settings {
	const backend = readBackend(env);
	const plaintext = env.ARCA_PLAINTEXT === 'allowed';
	if (!plaintext) requireEncrypted(backend);
	const root = resolve(env.ARCA_DATA || '.arca');
	const origin = readOrigin(env.ORIGIN || `http://localhost:${env.PORT || 4173}`);
	return {
		production: env.NODE_ENV === 'production',
		backend,
		plaintext,
		data: join(root, 'data'),
		keys: resolve(env.ARCA_KEYS || join(root, 'keys')),
		...(env.ARCA_SYSTEM_KEYS ? { systemKeys: env.ARCA_SYSTEM_KEYS } : {}),
		origin,
		...(env.ARCA_SMTP_URL ? { smtpUrl: env.ARCA_SMTP_URL } : {}),
		mailFrom: env.ARCA_MAIL_FROM || `arca@${new URL(origin).hostname}`,
		limits: readLimits(env),
		countedIn: readCountedIn(env),
		backup: readBackup(env)
	};
}

function readBackup(env: Environment): Settings['backup'] {
	const { ARCA_BACKUP_RECIPIENT: recipients = '', ARCA_BACKUP_DAILY: folder, ARCA_BACKUP_KEEP = '14' } = env;
	if (!folder) return { recipients };
	const refused = (why: string) => new StartError('start/backup', `ARCA_BACKUP_DAILY is set, but ${why}.`);
	if (!recipients) throw refused('ARCA_BACKUP_RECIPIENT is not: npm run backup tells how to make one');
	if (env.SUPABASE_URL) throw refused('a Supabase project makes its own backups');
	if (!/^[1-9]\d{0,3}$/.test(ARCA_BACKUP_KEEP)) throw refused('ARCA_BACKUP_KEEP is not a number from 1 to 9999');
	return { recipients, daily: { folder: resolve(folder), keep: Number(ARCA_BACKUP_KEEP) } };
}

function readCountedIn({ ARCA_LIMITS: text = '' }: Environment): Settings['countedIn'] {
	if (text === '' || text === 'memory') return 'memory';
	if (text === 'database') return text;
	throw new StartError('start/environment', 'ARCA_LIMITS must be memory or database.');
}

function readOrigin(text: string): string {
	if (!URL.canParse(text))
		throw new StartError('start/environment', 'ORIGIN must be an address, such as https://arca.example.org.');
	return new URL(text).origin;
}

function readBackend(env: Environment): Settings['backend'] {
	const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey, ARCA_DATABASE_URL: database } = env;
	if (!url && database && !URL.canParse(database))
		throw new StartError('start/environment', 'ARCA_DATABASE_URL is not an address.');
	if (!url) return database ? { kind: 'postgres', url: database } : { kind: 'embedded' };
	if (!publishableKey)
		throw new StartError('start/environment', 'SUPABASE_URL is set, but SUPABASE_PUBLISHABLE_KEY is not.');
	if (!URL.canParse(url)) throw new StartError('start/environment', 'SUPABASE_URL is not an address.');
	if (isServiceKey(publishableKey))
		throw new StartError(
			'start/service-key',
			'SUPABASE_PUBLISHABLE_KEY holds a secret (service-role) key. Arca never needs one; give it the publishable key.'
		);
	return { kind: 'supabase', url: url.replace(/\/+$/, ''), publishableKey };
}

/** Whether a key is one that passes by row-level security: the new secret keys, or an old JWT whose role is not `anon`. */
function isServiceKey(key: string): boolean {
	if (key.startsWith('sb_secret_')) return true;
	const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(key)?.[1];
	if (!payload) return false;
	return !Buffer.from(payload, 'base64url').toString('utf8').includes('"anon"');
}
