import { kindOf, titleOf, type KindRecord } from '../kinds/index.ts';
import { vault } from '../vault/vault.svelte.ts';

/**
 * What a record is called, for references to it: its own title, whose references are not followed further. Undefined
 * for one that is not there, is in the bin or is of a kind not known here.
 */
export function nameOf(id: string, locale: string): string | undefined {
	const record = vault.record(id);
	if (record === undefined || record.state === 'bin' || record.damaged) return undefined;
	return nameOfRecord(record, locale);
}

/** The title of a record that is at hand. */
export function nameOfRecord({ body }: KindRecord, locale: string): string | undefined {
	const kind = kindOf(body.kind);
	return kind && titleOf(kind, body.values, { locale, nameOf: () => undefined });
}
