import type { Change, Result } from '../api/record.ts';
import type { RecordBody } from '../kinds/index.ts';
import { openRecord } from './open-record.ts';
import { sameJson } from '../sync/same-json.ts';
import type { SaveOutcome } from './save-outcome.ts';
import type { UnsentChange } from './unsent-work.svelte.ts';

/** What the server's answer to one change means; `owner` is who made the change. */
export function settleResult(change: Change, result: Result, owner: string | null): SaveOutcome {
	const { id, domain } = change;
	const mine = change.plain as RecordBody;
	if (result.status === 'accepted') {
		const { rev, seq } = result;
		const state = mine.meta.deleted === true ? 'bin' : 'live';
		const record = { id, domain, rev, seq, author: owner, state, updatedAt: mine.meta.at, body: mine } as const;
		return { status: 'saved', id, record };
	}
	if (result.status === 'conflict') {
		const theirs = openRecord(result.current);
		// Another tab sent the very same, or an earlier try of ours arrived after all: nothing is in dispute.
		if (sameJson(theirs.body, mine)) return { status: 'saved', id, record: theirs };
		return { status: 'conflict', id, mine, theirs };
	}
	return { status: 'refused', id, reason: result.status, detail: result.problem.detail ?? result.problem.title };
}

/**
 * A conflict with an earlier try of our own, whose answer was lost and whose text was changed since, is none: gives
 * the same edit on top of what that try made of the record. Null where the conflict is with somebody else.
 */
export function rebaseChange(change: Change, result: Result, unsent: UnsentChange | undefined): Change | null {
	if (result.status !== 'conflict' || !unsent) return null;
	const { plain, rev } = result.current;
	const tries = [...unsent.earlier, unsent.change].filter((one) => one.change !== change.change);
	if (!tries.some((one) => sameJson(one.plain, plain))) return null;
	return { ...change, change: crypto.randomUUID(), base: rev };
}
