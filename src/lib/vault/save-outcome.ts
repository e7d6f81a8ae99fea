import type { Domain } from '../api/ids.ts';
import type { RecordBody } from '../kinds/index.ts';
import type { OpenRecord } from './open-record.ts';

/** Why the server did not take a change; `withheld` is ours: a damaged record is not saved over. */
export type RefusalReason = 'denied' | 'invalid' | 'stale-generation' | 'too-large' | 'over-quota' | 'withheld';

/**
 * What became of a save. Nothing typed is lost by any of them: the caller keeps its draft until `saved`.
 * - `saved`: accepted by the server; `record` is the new revision.
 * - `conflict`: another device changed the record first. `theirs` is what is there now; to keep `mine`, save it again
 *   with `base: theirs.rev`; to take theirs, drop the draft.
 * - `refused`: the server said no, and will say so again.
 * - `unsent`: no answer. The change waits in `vault.unsent`; saving again with the same `id` is safe.
 */
export type SaveOutcome =
	| { status: 'saved'; id: string; record: OpenRecord }
	| { status: 'conflict'; id: string; mine: RecordBody; theirs: OpenRecord }
	| { status: 'refused'; id: string; reason: RefusalReason; detail: string }
	| { status: 'unsent'; id: string; code: string };

/** One save among many; `id` null for a new record, `base` the revision the draft began from. */
export interface SaveRequest {
	id: string | null;
	domain: Domain;
	body: RecordBody;
	base?: string;
}
