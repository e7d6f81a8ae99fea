import { join } from 'node:path';
import { SmtpEmailDriver } from '@supabase/lite';
import type { EmailDriver } from '@supabase/lite';
import type { Settings } from '../settings.ts';
import { codeMail } from './code-mail.ts';
import { createMailDrop } from './mail-drop.ts';

/** How codes reach people: by SMTP where `ARCA_SMTP_URL` is set, otherwise through the owner of the machine. */
export function createMail(settings: Settings): EmailDriver {
	const driver = settings.smtpUrl
		? createSmtp(settings.smtpUrl, settings.mailFrom)
		: createMailDrop(join(settings.keys, 'mail'));
	return { send: (message) => driver.send(codeMail(message)) };
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
