import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmailDriver } from '@supabase/lite';
import { CODE_LIFETIME } from './code-mail.ts';

/**
 * Where no mail is set up, messages are kept for the owner of the machine, who reads out a code with
 * `npm run reset-code -- EMAIL`: a file each, mode 0600, among the secrets, gone with their codes' time.
 * @param folder is made when it is missing.
 */
export function createMailDrop(folder: string): EmailDriver {
	return {
		async send({ to, subject, text }) {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const now = Date.now();
			for (const name of await readdir(folder)) {
				if (now - Number(name.split('-')[0]) > CODE_LIFETIME) await rm(join(folder, name), { force: true });
			}
			const message = JSON.stringify({ to, subject, text, sentAt: new Date(now).toISOString() });
			await writeFile(join(folder, `${now}-${randomUUID()}.json`), message, { mode: 0o600, flag: 'wx' });
		}
	};
}
