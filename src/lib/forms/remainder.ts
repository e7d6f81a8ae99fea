import { formatAmount, isMoneyProblem, parseMoney } from '../kinds/index.ts';
import type { Draft, DraftValue, TypedNumber } from './draft.ts';

/**
 * What is missing for the parts to make the whole, as it would be typed; blank when nothing is, or the whole or a part
 * cannot be read.
 */
export function remainderOf(
	whole: DraftValue | undefined,
	rows: readonly Draft[],
	part: string,
	locale: string
): TypedNumber {
	const total = read(whole, locale);
	if (total === null) return { text: '', of: isTyped(whole) ? whole.of : '' };
	const sum = rows.map((row) => read(row[part], locale)?.minor ?? 0).reduce((a, b) => a + b, 0);
	const missing = { ...total, minor: total.minor - sum };
	return { text: missing.minor > 0 ? formatAmount(missing, locale) : '', of: total.currency };
}

function read(typed: DraftValue | undefined, locale: string): { minor: number; currency: string } | null {
	if (!isTyped(typed) || typed.of === '') return null;
	const money = parseMoney(typed.text, typed.of, locale);
	return isMoneyProblem(money) ? null : money;
}

function isTyped(value: DraftValue | undefined): value is TypedNumber {
	return typeof value === 'object' && !Array.isArray(value) && typeof value.text === 'string';
}
