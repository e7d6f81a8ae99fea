import type { Draft } from './draft.ts';

/** A draft as text to compare: the currency beside a blank amount is nobody's doing. */
export function comparable(draft: Draft | Draft[string] | undefined): string {
	return JSON.stringify(draft, (_, value: unknown) =>
		typeof value === 'object' &&
		value !== null &&
		'of' in value &&
		'text' in value &&
		value.text === '' &&
		!('second' in value && value.second)
			? ''
			: value
	);
}
