import type { EmailMessage } from '@supabase/lite';
import { readAgent } from '../../access/user-agent.ts';

const momentOf = (at: Date): string => `${at.toISOString().slice(0, 10)} ${at.toISOString().slice(11, 16)} UTC`;

/** Too many wrong passwords; whoever guesses waits, and it may have been the owner. */
export function lockedLetter(to: string, at: Date): EmailMessage {
	return {
		to,
		subject: 'Arca: wrong passwords / intentos fallidos',
		text: [
			`Somebody typed a wrong password for your Arca account several times in a row (${momentOf(at)}). From where they`,
			'did, nobody can sign in to it for a while; your own devices are not kept out.',
			'If it was you, wait a little or choose a new password. If it was not, there is nothing you must do.',
			'',
			`Alguien escribió varias veces seguidas una contraseña incorrecta para tu cuenta de Arca (${momentOf(at)}).`,
			'Desde allí nadie puede iniciar sesión en ella durante un rato; tus propios dispositivos siguen entrando.',
			'Si fuiste tú, espera un poco o elige una contraseña nueva. Si no, no tienes que hacer nada.',
			''
		].join('\n')
	};
}

/** Five wrong PINs on a device that was signed in: it is no more. */
export function wrongPinsLetter(to: string, at: Date): EmailMessage {
	return {
		to,
		subject: 'Arca: wrong PINs / PIN incorrecto',
		text: [
			`Somebody typed a wrong PIN five times in a row on a device of your Arca account (${momentOf(at)}). That device is`,
			'signed out, and its PIN opens nothing any more.',
			'If it was you, sign in there again. If it was not, somebody has your device: change the password that you sign',
			'in with from another one.',
			'',
			`Alguien escribió cinco veces seguidas un PIN incorrecto en un dispositivo de tu cuenta de Arca (${momentOf(at)}).`,
			'Ese dispositivo ha cerrado la sesión, y su PIN ya no abre nada.',
			'Si fuiste tú, vuelve a iniciar sesión allí. Si no, alguien tiene tu dispositivo: cambia desde otro la contraseña',
			'con la que inicias sesión.',
			''
		].join('\n')
	};
}

/**
 * Somebody signed in from where nobody did before.
 * @param agent the `User-Agent` header. Only names that we know of are taken from it: a stranger writes it.
 */
export function newDeviceLetter(to: string, agent: string, at: Date): EmailMessage {
	const { browser, system } = readAgent(agent);
	const named = browser !== null && system !== null;
	return {
		to,
		subject: 'Arca: a new device / un dispositivo nuevo',
		text: [
			`A device that was not known signed in to your Arca account: ${named ? `${browser} on ${system}` : 'it did not say which'}, ${momentOf(at)}.`,
			'If it was you, do nothing. If not: open Settings, Security, Sessions, revoke it there, and change the password',
			'that you sign in with.',
			'',
			`Un dispositivo desconocido ha iniciado sesión en tu cuenta de Arca: ${named ? `${browser} en ${system}` : 'no dijo cuál es'}, ${momentOf(at)}.`,
			'Si fuiste tú, no hagas nada. Si no: abre Ajustes, Seguridad, Sesiones, revócalo allí y cambia la contraseña con',
			'la que inicias sesión.',
			''
		].join('\n')
	};
}
