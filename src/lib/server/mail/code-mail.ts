import type { EmailMessage } from '@supabase/lite';
import { codeLetter } from './letters.ts';

/** How long a mailed code can be used, in milliseconds: ours and the backend's (ASVS 5.0, 6.5.5: ten minutes at most). */
export const CODE_LIFETIME = 10 * 60 * 1000;

/** The code of a message, or undefined where it has none. */
export function codeOf(message: Pick<EmailMessage, 'text'>): string | undefined {
	return /\b\d{6}\b/.exec(message.text ?? '')?.[0];
}

/** The message as Arca sends it, with its code alone: the backend's own text holds a link that leads nowhere here. */
export function codeMail(message: EmailMessage): EmailMessage {
	const code = codeOf(message);
	if (!code) return message;
	return codeLetter(message.to, code);
}
