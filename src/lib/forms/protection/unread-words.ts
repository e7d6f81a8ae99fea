import type { Unread } from '../../device/record-store.ts';
import { m } from '$messages';

/** Why a record that came sealed by somebody's own key is not shown, in a sentence for each reason. */
export const unreadWords: Readonly<Record<Unread, () => string>> = {
	'no-key': m.protection_no_key,
	'cannot-open': m.protection_cannot_open,
	author: m.protection_author,
	retired: m.protection_retired,
	'plain-refused': m.protection_plain_refused
};
