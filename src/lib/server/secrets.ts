import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

/** The file of the key ring that was drawn here; it is not read where `ARCA_SYSTEM_KEYS` is set. */
export function ringPath(settings: Settings): string {
	return join(settings.keys, 'system-keys');
}

/** What the server knows and nobody else may. */
export interface Secrets {
	/** Signs the access tokens of the embedded backend. */
	jwtSecret: string;
	/** Names the app to the embedded backend; public, but drawn for each installation. */
	publishableKey: string;
	/** The key ring of the system layer, in the form of `ARCA_SYSTEM_KEYS`; undefined when none was ever drawn. */
	systemKeys: string | undefined;
	/** Makes the hashes of users and addresses in the log useless elsewhere. */
	logSalt: string;
	/** Whether any of them was drawn just now. */
	fresh: boolean;
}

/**
 * Reads the secrets from the keys folder and draws those that are missing (files of mode 0600 in a folder of 0700).
 * @throws StartError when one is weak, or in production when anybody but the owner can read it.
 */
export function readSecrets(settings: Settings): Secrets {
	const { keys: folder } = settings;
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	closeToOthers(folder, 0o700, settings);
	let fresh = false;
	const secret = (name: string, draw: () => string): string => {
		const path = join(folder, name);
		if (writeOnce(path, draw())) fresh = true;
		return readSecret(path, settings);
	};
	const ring = settings.systemKeys ?? onlyOwn(settings, () => findRing(settings));
	if (ring !== undefined) refuseWeakRing(ring);
	return {
		jwtSecret: secret('jwt-secret', () => randomBytes(48).toString('base64url')),
		publishableKey: secret('publishable-key', () => `sb_publishable_${randomBytes(24).toString('base64url')}`),
		systemKeys: ring,
		logSalt: secret('log-salt', () => randomBytes(32).toString('base64url')),
		fresh: fresh || ring === undefined
	};
}

/** The key ring as it is now, for what opens and never draws one; undefined when there is none. */
export function keptRing(settings: Settings): string | undefined {
	const path = ringPath(settings);
	return settings.systemKeys ?? (existsSync(path) ? readSecret(path, settings) : undefined);
}

/**
 * Draws the key ring of a new installation into the keys folder.
 * @param holdsSealed whether there is something already that a ring of before has sealed.
 * @throws StartError `start/lost-keys` when there is: another ring would never open it, and would hide what was lost.
 */
export function drawSystemKeys(settings: Settings, holdsSealed: boolean): string {
	const path = ringPath(settings);
	if (holdsSealed && !existsSync(path)) throw lostKeys(path);
	writeOnce(path, `1:${randomBytes(32).toString('base64')}`);
	return readSecret(path, settings);
}

/** The ring of the keys folder; undefined at the very first start, as far as can be seen without opening a database. */
function findRing(settings: Settings): string | undefined {
	const path = ringPath(settings);
	if (existsSync(path)) return readSecret(path, settings);
	if (settings.backend.kind === 'embedded' && existsSync(join(settings.data, 'postgres', 'PG_VERSION')))
		throw lostKeys(path);
	return undefined;
}

function lostKeys(path: string): StartError {
	return new StartError(
		'start/lost-keys',
		`There is data, but ${path} is missing, without which it cannot be opened. Put the copy back that you kept, or set ARCA_SYSTEM_KEYS.`
	);
}

/** Writes a file unless there is one. */
function writeOnce(path: string, text: string): boolean {
	try {
		writeFileSync(path, `${text}\n`, { mode: 0o600, flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return false;
	}
}

function readSecret(path: string, settings: Settings): string {
	closeToOthers(path, 0o600, settings);
	return strong(path, readFileSync(path, 'utf8').trim());
}

/** Several machines must seal with one ring, so in production with Supabase it is given, never drawn. */
function onlyOwn(settings: Settings, read: () => string | undefined): string | undefined {
	if (settings.production && settings.backend.kind === 'supabase')
		throw new StartError(
			'start/system-keys',
			'ARCA_SYSTEM_KEYS is not set. In production it must be given: id:base64 of 32 random bytes, such as 1:$(openssl rand -base64 32).'
		);
	return read();
}

function closeToOthers(path: string, mode: number, settings: Settings): void {
	if ((statSync(path).mode & 0o077) === 0) return;
	if (settings.production)
		throw new StartError(
			'start/readable',
			`${path} can be read by other users of this machine. Run: chmod ${mode.toString(8)} ${path}`
		);
	chmodSync(path, mode);
}

/** Whether the ring is well formed is found when it is parsed; here only keys that nobody drew at random are refused. */
function refuseWeakRing(ring: string): void {
	for (const entry of ring.split(',')) {
		const key = Buffer.from(entry.slice(entry.indexOf(':') + 1), 'base64');
		if (key.length === 32 && new Set(key).size < 16)
			throw new StartError('start/weak', 'A system key is too weak: it must be 32 random bytes.');
	}
}

function strong(path: string, text: string): string {
	if (text.length < 32 || new Set(text).size < 12)
		throw new StartError('start/weak', `${path} is too weak to be a secret.`);
	return text;
}
