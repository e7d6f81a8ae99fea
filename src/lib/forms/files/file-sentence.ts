import { m } from '$messages';

const SENTENCES: Readonly<Record<string, () => string>> = {
	'file/too-large': m.files_too_large,
	'file/other': m.files_other,
	'file/changed': m.files_changed,
	'file/choose-again': m.files_choose_again_text,
	'file/layer-changed': m.files_layer_changed,
	'file/missing': m.files_missing,
	'file/no-key': m.files_no_key,
	'file/denied': m.form_refused_denied,
	'file/device-full': m.form_refused_device_full,
	'device/full': m.form_refused_device_full,
	'file/over-quota': m.form_refused_over_quota,
	'record/over-quota': m.form_refused_over_quota,
	'crypto/cannot-open': m.files_damaged,
	'sync/unreachable': m.files_unreachable
};

/** What a person reads of what went wrong with a file: what happened, and what to do. */
export function fileSentence(code: string | undefined): string {
	return (SENTENCES[code ?? ''] ?? m.files_failed)();
}

/** The code of an error; empty where it has none. */
export function codeOf(error: unknown): string {
	const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
	return typeof code === 'string' ? code : '';
}
