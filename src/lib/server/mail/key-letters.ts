import type { EmailMessage } from '@supabase/lite';

/** Somebody turned user encryption on or replaced its keys; it may have been a thief. */
export function keysChangedLetter(to: string): EmailMessage {
	return {
		to,
		subject: 'Arca: your encryption was changed / tu cifrado ha cambiado',
		text: [
			'User encryption of your Arca account was turned on just now, or its encryption password, recovery code or',
			'keys were changed.',
			'If it was not you: change the password that you sign in with, sign out all other sessions, and open',
			'Settings, Security. Keys that there were before are kept for at least 90 days.',
			'',
			'El cifrado personal de tu cuenta de Arca se acaba de activar, o su contraseña de cifrado, su código de',
			'recuperación o sus claves acaban de cambiar.',
			'Si no fuiste tú: cambia la contraseña con la que inicias sesión, cierra las demás sesiones y abre',
			'Ajustes, Seguridad. Las claves anteriores, si las había, se conservan al menos 90 días.',
			''
		].join('\n')
	};
}

/** Somebody asked to replace the keys without the encryption password. */
export function resetAskedLetter(to: string, due: string): EmailMessage {
	const at = `${due.slice(0, 10)} ${due.slice(11, 16)} UTC`;
	return {
		to,
		subject: 'Arca: a reset was asked for / se ha pedido un restablecimiento',
		text: [
			`Somebody with a session of your Arca account asked to reset its encryption. From ${at} on it can be`,
			'finished; what is encrypted now then opens with the old password only. If it was not you: cancel it in',
			'Settings, Security, and change the password that you sign in with.',
			'',
			`Alguien con una sesión de tu cuenta de Arca ha pedido restablecer su cifrado. Podrá terminarlo a partir`,
			`del ${at}; lo que está cifrado ahora solo se abrirá entonces con la contraseña anterior. Si no fuiste tú:`,
			'cancélalo en Ajustes, Seguridad, y cambia la contraseña con la que inicias sesión.',
			''
		].join('\n')
	};
}
