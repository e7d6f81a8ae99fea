import { m } from '$messages';
import { vault } from '../vault/vault.svelte.ts';
import { momentText } from './moment-text.ts';

/**
 * Who wrote a value, and when, in the person's words.
 * @param author the account's id, where it is known
 * @param at RFC 3339
 */
export function whoAndWhen(author: string | undefined, at: string, locale: string): string {
	const time = momentText(at, locale);
	if (author === undefined) return m.form_written_at({ time });
	return author === vault.owner ? m.form_written_by_you({ time }) : m.form_written_by_other({ time });
}
