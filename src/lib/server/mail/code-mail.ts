import type { EmailMessage } from '@supabase/lite';

/** How long a mailed code can be used, in milliseconds; the backend's own setting is the same. */
export const CODE_LIFETIME = 60 * 60 * 1000;

/** The code of a message, or undefined where it has none. */
export function codeOf(message: Pick<EmailMessage, 'text'>): string | undefined {
	return /\b\d{6}\b/.exec(message.text ?? '')?.[0];
}

/**
 * The message as Arca sends it: the code and nothing else, in both languages. The backend's own text holds a link that
 * leads nowhere here.
 */
export function codeMail(message: EmailMessage): EmailMessage {
	const code = codeOf(message);
	if (!code) return message;
	return {
		to: message.to,
		subject: `Arca: ${code}`,
		text: [
			`Your Arca code is ${code}. It works for one hour and only once.`,
			'If you did not ask for it, do nothing: without the code nothing changes.',
			'',
			`Tu código de Arca es ${code}. Sirve durante una hora y una sola vez.`,
			'Si no lo pediste, no hagas nada: sin el código nada cambia.',
			''
		].join('\n')
	};
}
