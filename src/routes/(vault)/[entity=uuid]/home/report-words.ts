import { m } from '$messages';
import type { Report } from '$lib/device/record-store.ts';

/** A report whose words are these: a restore is asked about, and a row that says something else is told of as long as it does. */
export type PlainReport = Exclude<Report['what'], 'restored' | 'withheld'>;

interface Words {
	/** What happened, to how many records. */
	title(count: number): string;
	/** What to do about it. */
	text(): string;
	/** Something may be lost. */
	loss?: true;
}

/** What a person reads about what this device noticed; in the order of the screen. */
export const reportWords: Readonly<Record<PlainReport, Words>> = {
	missing: { title: (count) => m.vault_report_missing({ count }), text: m.vault_report_missing_text, loss: true },
	damaged: { title: (count) => m.vault_report_damaged({ count }), text: m.vault_report_damaged_text, loss: true },
	'older-revision': { title: (count) => m.vault_report_older({ count }), text: m.vault_report_older_text, loss: true },
	'other-bytes': { title: (count) => m.vault_report_bytes({ count }), text: m.vault_report_bytes_text, loss: true },
	moved: { title: (count) => m.vault_report_moved({ count }), text: m.vault_report_moved_text, loss: true },
	'plain-refused': { title: (count) => m.vault_report_clear({ count }), text: m.vault_report_clear_text, loss: true },
	'cannot-open': { title: (count) => m.vault_report_altered({ count }), text: m.vault_report_altered_text, loss: true },
	author: { title: (count) => m.vault_report_signer({ count }), text: m.vault_report_signer_text, loss: true },
	retired: { title: (count) => m.vault_report_old_key({ count }), text: m.vault_report_old_key_text, loss: true },
	'sealed-away': { title: (count) => m.vault_report_sealed({ count }), text: m.vault_report_sealed_text },
	'edit-in-bin': { title: (count) => m.vault_report_bin({ count }), text: m.vault_report_bin_text },
	'cache-lost': { title: () => m.vault_report_cache(), text: m.vault_report_cache_text }
};
