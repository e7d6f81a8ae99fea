import { label, type Label } from '../kinds/index.ts';

/** A kind's name in the middle of a sentence or on a button: `Add expense`. */
export function kindName(name: Label, locale: string): string {
	const words = label(name, locale);
	return words.charAt(0).toLocaleLowerCase(locale) + words.slice(1);
}
