import { baseLocale, isLocale, overwriteGetLocale } from '../paraglide/runtime.js';
import type { locales } from '../paraglide/runtime.js';

export type Locale = (typeof locales)[number];

/** Where the choice is remembered; static/locale.js reads it before the page is drawn. The only thing kept there. */
const KEY = 'arca-language';

/** How each language calls itself. */
export const languageNames: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' };

/** The language of the screen: the browser's until the person picks one. What is drawn follows it without a reload. */
class LocaleChoice {
	#current = $state<Locale>(fromPage());

	get current(): Locale {
		return this.#current;
	}

	/** The tag for numbers, money and dates: the person's own region where the browser names one for this language. */
	get regional(): string {
		const current = this.#current;
		if (typeof navigator === 'undefined') return current;
		return navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === current) ?? current;
	}

	/** Switches the language and remembers it on this device. */
	choose(next: Locale): void {
		this.#current = next;
		document.documentElement.lang = next;
		try {
			localStorage.setItem(KEY, next);
		} catch {
			// Where nothing can be kept, the choice holds for this page.
		}
	}
}

/** static/locale.js has set the page's language before anything was drawn. On the server it is the base language. */
function fromPage(): Locale {
	if (typeof document === 'undefined') return baseLocale;
	const { lang } = document.documentElement;
	return isLocale(lang) ? lang : baseLocale;
}

export const locale = new LocaleChoice();

overwriteGetLocale(() => locale.current);
