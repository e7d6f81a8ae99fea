import { isBlank, LIMITS } from './check-value.ts';
import { isDate } from './dates.ts';
import type { Kind } from './define-kind.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * The values to save, with what they replace kept among the earlier ones: where a kind has a field for these, its date
 * has moved on and something else of it is new, the values before make a row there.
 * @param before the values that are replaced
 */
export function keepFormer(kind: Kind, values: Values, before: Values): Record<string, unknown> {
	const kept = { ...values };
	for (const [key, field] of Object.entries(kind.fields)) {
		if (field.type !== 'rows' || field.former === undefined) continue;
		const { on, ...others } = field.former;
		const [was, is] = [before[on], values[on]];
		if (!isDate(was) || !isDate(is) || is <= was) continue;
		const same = (of: string): boolean => JSON.stringify(before[of]) === JSON.stringify(values[of]);
		if (Object.values(others).every(same) || Object.values(others).some((of) => isBlank(before[of]))) continue;
		const rows = Array.isArray(values[key]) ? (values[key] as Values[]) : [];
		if (rows.some((row) => row.on === was) || rows.length >= LIMITS.rows) continue;
		const row = Object.fromEntries(Object.entries(field.former).map(([part, of]) => [part, before[of]]));
		kept[key] = [...rows, row].sort((a, b) => (String(a.on) < String(b.on) ? -1 : 1));
	}
	return kept;
}
