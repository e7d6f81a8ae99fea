import { join } from 'node:path';
import { SmtpEmailDriver } from '@supabase/lite';
import type { EmailDriver, EmailMessage, SmtpEmailDriverOptions } from '@supabase/lite';
import { isThisMachine } from '../encrypted-links.ts';
import { describe } from '../log.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { codeMail } from './code-mail.ts';
import { accountExistsLetter, codeLetter } from './letters.ts';
import { keysChangedLetter, resetAskedLetter } from './key-letters.ts';
import type { Letters } from './letters.ts';
import { stepLetter } from './step-letters.ts';
import { lockedLetter, newDeviceLetter, wrongPinsLetter } from './sign-in-letters.ts';
import { createMailDrop } from './mail-drop.ts';

/** How what is written reaches people. */
export interface Mail {
	/** For what the backend writes. */
	driver: EmailDriver;
	/** Present where mail is set up. */
	letters?: Letters;
}

/**
 * How codes reach people: by SMTP where `ARCA_SMTP_URL` is set, otherwise through the owner of the machine. Nobody waits
 * for a mail server: the backend's one connection would wait with them.
 */
export function createMail(settings: Settings, log: Log): Mail {
	if (!settings.smtpUrl) {
		const drop = createMailDrop(join(settings.keys, 'mail'));
		return { driver: { send: (message) => drop.send(codeMail(message)) } };
	}
	const smtp = new SmtpEmailDriver(smtpOptions(settings.smtpUrl, settings.mailFrom, settings.plaintext));
	const post = (message: EmailMessage) => {
		smtp.send(message).catch((error: unknown) => log.warn('a letter could not be mailed', describe(error)));
	};
	return {
		driver: { send: (message) => Promise.resolve(post(codeMail(message))) },
		letters: {
			code: (to, code) => post(codeLetter(to, code)),
			accountExists: (to) => post(accountExistsLetter(to)),
			keysChanged: (to) => post(keysChangedLetter(to)),
			resetAsked: (to, due) => post(resetAskedLetter(to, due)),
			locked: (to, at) => post(lockedLetter(to, at)),
			newDevice: (to, agent, at) => post(newDeviceLetter(to, agent, at)),
			wrongPins: (to, at) => post(wrongPinsLetter(to, at)),
			secondStep: (to, what) => post(stepLetter(to, what))
		}
	};
}

/**
 * How letters are handed over: to another machine only by TLS, with its certificate checked.
 * @param address `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte.
 * @param plaintext whether it may go without.
 */
export function smtpOptions(address: string, from: string, plaintext: boolean): SmtpEmailDriverOptions {
	const url = new URL(address);
	const secure = url.protocol === 'smtps:';
	return {
		host: url.hostname,
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		requireTls: !plaintext && !secure && !isThisMachine(address),
		...(url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : {}),
		from: { name: 'Arca', address: from },
		timeoutMs: 15_000
	};
}
