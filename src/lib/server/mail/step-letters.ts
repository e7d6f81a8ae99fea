import type { EmailMessage } from '@supabase/lite';

/** What happened to somebody's two-step verification. */
export type StepNews = 'on' | 'off' | 'app' | 'passkey' | 'passkey-removed' | 'recovered' | 'renewed' | 'locked';

const news: { readonly [what in StepNews]: { en: string; es: string } } = {
	on: {
		en: 'Two-step verification of your Arca account was turned on just now.',
		es: 'La verificación en dos pasos de tu cuenta de Arca se acaba de activar.'
	},
	off: {
		en: 'Two-step verification of your Arca account was turned off just now.',
		es: 'La verificación en dos pasos de tu cuenta de Arca se acaba de desactivar.'
	},
	app: {
		en: 'An app that makes verification codes was added to your Arca account just now.',
		es: 'Se acaba de añadir a tu cuenta de Arca una aplicación que genera códigos de verificación.'
	},
	passkey: {
		en: 'A passkey was added to your Arca account just now.',
		es: 'Se acaba de añadir una llave de acceso a tu cuenta de Arca.'
	},
	'passkey-removed': {
		en: 'A passkey was removed from your Arca account just now.',
		es: 'Se acaba de quitar una llave de acceso de tu cuenta de Arca.'
	},
	recovered: {
		en: 'Somebody signed in to your Arca account with one of your recovery codes just now. It is used up.',
		es: 'Alguien acaba de iniciar sesión en tu cuenta de Arca con uno de tus códigos de recuperación. Ya no sirve.'
	},
	renewed: {
		en: 'New recovery codes were made for your Arca account just now. The ones before are worth nothing any more.',
		es: 'Se acaban de crear códigos de recuperación nuevos para tu cuenta de Arca. Los anteriores ya no sirven.'
	},
	locked: {
		en: 'Somebody who knows the password of your Arca account tried wrong verification codes or passkeys. None is taken for a while.',
		es: 'Alguien que conoce la contraseña de tu cuenta de Arca ha probado códigos o llaves de acceso erróneos. Durante un rato no se admite ninguno.'
	}
};

/** Tells the person of it, in both languages: it may have been a thief. */
export function stepLetter(to: string, what: StepNews): EmailMessage {
	const { en, es } = news[what];
	return {
		to,
		subject: 'Arca: two-step verification / verificación en dos pasos',
		text: [
			en,
			'If it was not you: change the password that you sign in with, and sign out all other sessions.',
			'',
			es,
			'Si no fuiste tú: cambia la contraseña con la que inicias sesión y cierra las demás sesiones.',
			''
		].join('\n')
	};
}
