import type { Arca } from './arca.ts';
import type { Backend } from './backend/backend.ts';
import { openBackend } from './backend/open-backend.ts';
import { quietConsole } from './backend/quiet.ts';
import { createGate } from './forwarder/gate.ts';
import { createLockout, createSharedLockout } from './forwarder/lockout.ts';
import { createCounts } from './limits/counts.ts';
import { createMeter } from './limits/meter.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import type { Letters } from './mail/letters.ts';
import { drawSystemKeys, readSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { createProver, proofKeys } from './two-factor/prover.ts';
import { withBackups } from './backup/with-backups.ts';
import { parseSystemKeys, SystemLayer } from './system-layer/index.ts';
import type { SystemKeys } from './system-layer/index.ts';

/**
 * Starts everything that stands behind the routes.
 * @param told receives sentences for whoever started the server.
 * @throws StartError, CryptoError `crypto/system-keys`: why it cannot be started.
 */
export async function bootArca(settings: Settings, told: (sentence: string) => void): Promise<Arca> {
	const secrets = readSecrets(settings);
	// A ring that is wrong is told before anything is opened.
	const given = secrets.systemKeys === undefined ? undefined : parseSystemKeys(secrets.systemKeys);
	const log = createLog(secrets.logSalt);
	quietConsole(log);
	const backend = await withBackups(await openBackend(settings, secrets, log), settings, log);
	const ring = given ?? (await drawnFor(backend, settings));
	await backend.local?.shareProofKeys(proofKeys(ring));
	if (secrets.fresh) {
		if (backend.kind === 'embedded') told(`Your data lies in ${settings.data}`);
		told(`The secrets that open it lie in ${settings.keys}; keep a copy apart from the data`);
	}
	const { limits, countedIn } = settings;
	log.note('limits a minute', { limits, countedIn });
	const prover = createProver(ring);
	const counts = countedIn === 'database' ? createCounts({ backend, prover, ring, log }) : undefined;
	const lockout = counts ? createSharedLockout(limits.failures, counts) : createLockout(limits.failures);
	const letters = backend.local?.letters ?? (await lettersBeside(settings, log));
	return {
		settings,
		backend,
		systemLayer: new SystemLayer(ring),
		prover,
		meter: createMeter(limits, counts),
		gate: createGate(lockout, secrets.jwtSecret),
		...(letters ? { letters } : {}),
		log,
		notes: new WeakMap()
	};
}

/** Where the accounts are elsewhere, their codes come from there; what this server writes needs mail of its own. */
async function lettersBeside(settings: Settings, log: Log): Promise<Letters | undefined> {
	if (!settings.smtpUrl) return undefined;
	const { createMail } = await import('./mail/create-mail.ts');
	return createMail(settings, log).letters;
}

/** The ring of a new installation, unless the database turns out not to be new. */
async function drawnFor(backend: Backend, settings: Settings): Promise<SystemKeys> {
	try {
		return parseSystemKeys(drawSystemKeys(settings, (await backend.local?.holdsSealed()) ?? false));
	} catch (error) {
		await backend.close();
		throw error;
	}
}
