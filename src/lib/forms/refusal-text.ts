import { m } from '$messages';
import type { RefusalReason } from '../device/record-store.ts';
import type { SaveRefusal } from '../vault/save-outcome.ts';

const SENTENCES: Readonly<Record<SaveRefusal | RefusalReason, () => string>> = {
	denied: m.form_refused_denied,
	invalid: m.form_refused_invalid,
	'too-large': m.form_refused_too_large,
	'over-quota': m.form_refused_over_quota,
	'content-missing': m.form_refused_content_missing,
	damaged: m.form_refused_damaged,
	'device-full': m.form_refused_device_full
};

/** What a person reads about a change that this device or the server did not take: what happened and what to do. */
export function refusalText(reason: SaveRefusal | RefusalReason | 'failed'): string {
	return reason === 'failed' ? m.form_failed() : SENTENCES[reason]();
}
