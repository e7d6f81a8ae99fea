import { m } from '$messages';
import type { RefusalReason, SaveOutcome } from '../vault/save-outcome.ts';

const REFUSALS: Readonly<Record<RefusalReason, () => string>> = {
	denied: m.form_refused_denied,
	invalid: m.form_refused_invalid,
	'stale-generation': m.form_refused_stale,
	'too-large': m.form_refused_too_large,
	'over-quota': m.form_refused_over_quota,
	withheld: m.form_refused_withheld
};

/** What a person reads about a save that did not succeed: what happened and what to do. */
export function refusalText(outcome: Exclude<SaveOutcome, { status: 'saved' }> | { status: 'failed' }): string {
	if (outcome.status === 'refused') return REFUSALS[outcome.reason]();
	if (outcome.status === 'conflict') return m.form_conflict_title();
	return outcome.status === 'unsent' ? m.form_unsent() : m.form_failed();
}
