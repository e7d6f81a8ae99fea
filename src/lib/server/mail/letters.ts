import type { EmailMessage } from '@supabase/lite';
import type { StepNews } from './step-letters.ts';

/** What the server itself writes to people; only where mail is set up. Nobody waits for the mail server. */
export interface Letters {
	/** A mailed code, 6 digits. */
	code(to: string, code: string): void;
	/** To somebody with whose address somebody wanted to sign up, though it has an account. */
	accountExists(to: string): void;
	/** User encryption was turned on, or its keys were replaced. */
	keysChanged(to: string): void;
	/** A reset without the encryption password was asked for; `due` is when it may be finished, RFC 3339. */
	resetAsked(to: string, due: string): void;
	/** Wrong passwords locked an account for whoever guesses. */
	locked(to: string, at: Date): void;
	/** A device that was not known signed in; `agent` is its `User-Agent` header. */
	newDevice(to: string, agent: string, at: Date): void;
	/** Five wrong PINs ended the session of a device. */
	wrongPins(to: string, at: Date): void;
	/** Something happened to two-step verification. */
	secondStep(to: string, what: StepNews): void;
}

/** A code and nothing else, in both languages. */
export function codeLetter(to: string, code: string): EmailMessage {
	return {
		to,
		subject: `Arca: ${code}`,
		text: [
			`Your Arca code is ${code}. It works for ten minutes, only once, and only where you asked for it.`,
			'Tell it to nobody. If you did not ask for it, do nothing: without the code nothing changes.',
			'',
			`Tu código de Arca es ${code}. Sirve durante diez minutos, una sola vez y solo donde lo pediste.`,
			'No se lo digas a nadie. Si no lo pediste, no hagas nada: sin el código nada cambia.',
			''
		].join('\n')
	};
}

/** What the page that asked does not say: it does not know whose address it was given. */
export function accountExistsLetter(to: string): EmailMessage {
	return {
		to,
		subject: 'Arca: you have an account / ya tienes una cuenta',
		text: [
			'Somebody, perhaps you, wanted to create an Arca account with this address. It has one already.',
			'Sign in with it, or choose "Forgot your password?" there. If it was not you, do nothing: nothing has changed.',
			'',
			'Alguien, quizá tú, quiso crear una cuenta de Arca con esta dirección. Ya tiene una.',
			'Inicia sesión con ella, o elige allí «¿Olvidaste tu contraseña?». Si no fuiste tú, no hagas nada: nada ha cambiado.',
			''
		].join('\n')
	};
}
