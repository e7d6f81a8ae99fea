import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { readFileSync, writeFileSync } from 'node:fs';
import { BackupError } from './backup-error.ts';

/** How to come by a recipient, for whoever has none. */
export const HOW_TO =
	'Make one with `npm run backup -- --new-identity FILE` (or age-keygen), keep the file away from this machine, and give ' +
	'its public key (age1…) by --recipient or in ARCA_BACKUP_RECIPIENT.';

/**
 * The recipients of an archive from `age1…` keys joined by commas; each of them opens it alone.
 * @throws BackupError `backup/recipient` when there is none or one is not a public key. The text is not repeated: it may be a secret.
 */
export function encrypterFor(recipients: string): Encrypter {
	const keys = recipients
		.split(/[\s,]+/)
		.filter(Boolean)
		.map((key) => key.trim());
	if (keys.length === 0)
		throw new BackupError('backup/recipient', `For whom is the archive? It is encrypted for a recipient. ${HOW_TO}`);
	if (keys.some((key) => key.startsWith('AGE-SECRET-KEY')))
		throw new BackupError(
			'backup/recipient',
			`The recipient is a secret key; the server is given the public one (age1…). ${HOW_TO}`
		);
	const encrypter = new Encrypter();
	try {
		keys.forEach((key) => encrypter.addRecipient(key));
	} catch {
		throw new BackupError('backup/recipient', `The recipient is not a public key of age. ${HOW_TO}`);
	}
	return encrypter;
}

/**
 * Draws an identity into a file of mode 0600, in the form of age-keygen.
 * @returns its recipient.
 * @throws BackupError `backup/exists` when there is such a file already.
 */
export async function writeNewIdentity(path: string): Promise<string> {
	const identity = await generateIdentity();
	const recipient = await identityToRecipient(identity);
	const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
	try {
		writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		throw new BackupError('backup/exists', `${path} exists already; an identity is never written over.`);
	}
	return recipient;
}

/**
 * What opens archives, from a file of identities as age-keygen writes it.
 * @throws BackupError `backup/identity` when it cannot be read or holds none.
 */
export function decrypterOf(path: string): Decrypter {
	const refused = (why: string) => new BackupError('backup/identity', `${path} ${why}. Nothing was changed.`);
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch {
		throw refused('cannot be read');
	}
	const identities = text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line && !line.startsWith('#'));
	if (identities.length === 0) throw refused('holds no identity (AGE-SECRET-KEY-1…)');
	const decrypter = new Decrypter();
	try {
		identities.forEach((identity) => decrypter.addIdentity(identity));
	} catch {
		throw refused('holds a line that is no identity of age');
	}
	return decrypter;
}
