/** The languages every label is written in. */
export type Language = 'en' | 'es';

/** A word or sentence in all languages. */
export type Label = Readonly<Record<Language, string>>;

/**
 * The words for a locale: `es`, `es-MX` and the like give Spanish, everything else English.
 * @param thing a label, or anything that carries one
 * @param locale a BCP 47 tag
 */
export function label(thing: Label | { readonly label: Label }, locale: string): string {
	const words = 'label' in thing ? thing.label : thing;
	return words[languageOf(locale)];
}

/** The language whose words a locale gets. */
export function languageOf(locale: string): Language {
	return /^es\b/i.test(locale) ? 'es' : 'en';
}
