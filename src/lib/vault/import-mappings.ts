import type { OpenRecord } from './open-record.ts';
import { sameJson } from '../sync/same-json.ts';
import type { SaveOutcome } from './save-outcome.ts';
import { vault } from './vault.svelte.ts';

/** How statements of one shape are read into one account; `mapping` is the import's own JSON. */
export interface KeptMapping {
	/** The account it belongs to, a record id. */
	account: string;
	/** What tells one bank's files from another's, as the import draws it from a file's shape. */
	shape: string;
	mapping: unknown;
}

/**
 * Mappings are kept in the account records' own bodies (`meta.mappings`, by shape): sealed as the account is, there for
 * everybody who may import into it, on every device, and gone with it.
 */
export const importMappings = {
	/** Every mapping kept in the opened entity. Reactive. */
	load(): KeptMapping[] {
		return vault
			.records('account')
			.flatMap((account) =>
				Object.entries(mappingsOf(account)).map(([shape, mapping]) => ({ account: account.id, shape, mapping }))
			);
	},

	/** Keeps a mapping with its account; saves nothing where it is kept already just so. */
	async save({ account, shape, mapping }: KeptMapping): Promise<SaveOutcome | undefined> {
		const record = vault.record(account);
		if (!record || record.state !== 'live' || record.damaged) return undefined;
		const kept = mappingsOf(record);
		if (sameJson(kept[shape], mapping)) return { status: 'saved', id: account, record };
		const meta = { ...record.body.meta, mappings: { ...kept, [shape]: mapping } };
		return vault.save(account, record.domain, { ...record.body, meta });
	}
};

function mappingsOf(record: OpenRecord): Record<string, unknown> {
	const { mappings } = record.body.meta;
	return typeof mappings === 'object' && mappings !== null ? { ...mappings } : {};
}
