import { join } from 'node:path';
import { SmtpEmailDriver } from '@supabase/lite';
import type { EmailDriver } from '@supabase/lite';
import { describe } from '../log.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { codeMail } from './code-mail.ts';
import { createMailDrop } from './mail-drop.ts';

/**
 * How codes reach people: by SMTP where `ARCA_SMTP_URL` is set, otherwise through the owner of the machine. Nobody waits
 * for a mail server: the backend's one connection would wait with them.
 */
export function createMail(settings: Settings, log: Log): EmailDriver {
	if (!settings.smtpUrl) {
		const drop = createMailDrop(join(settings.keys, 'mail'));
		return { send: (message) => drop.send(codeMail(message)) };
	}
	const smtp = createSmtp(settings.smtpUrl, settings.mailFrom);
	return {
		send(message) {
			smtp.send(codeMail(message)).catch((error: unknown) => log.warn('a code could not be mailed', describe(error)));
			return Promise.resolve();
		}
	};
}

/** @param address `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
function createSmtp(address: string, from: string): EmailDriver {
	const url = new URL(address);
	const secure = url.protocol === 'smtps:';
	return new SmtpEmailDriver({
		host: url.hostname,
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		...(url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : {}),
		from: { name: 'Arca', address: from },
		timeoutMs: 15_000
	});
}
