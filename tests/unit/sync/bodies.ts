import * as fc from 'fast-check';
import type { Plain } from '../../../src/lib/api/record.ts';
import { conflictsOf } from '../../../src/lib/sync/merge-bodies.ts';

/** A body with these values. */
export function body(values: Plain['values'], meta: Plain['meta'] = {}): Plain {
	return { kind: 'expense', version: 1, values, meta: { at: '2026-01-01T00:00:00.000Z', ...meta } };
}

export const someFields = ['payee', 'note', 'amount', 'from a newer app'] as const;

const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'b'), fc.record({ minor: fc.nat(2) }));
const values = fc.dictionary(fc.constantFrom(...someFields), value, { maxKeys: 4 });
const tags = fc.option(fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'w')), { nil: undefined });
const at = fc.constantFrom('2016-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2036-01-01T00:00:00.000Z');
const marks = fc.dictionary(fc.constantFrom('m1', 'm2', 'm3'), fc.nat(2), { maxKeys: 2 });

/** Any body: fields there or not, tags, members of meta and of the body that nobody knows, deleted or not. */
export const anyBody: fc.Arbitrary<Plain> = fc
	.record({ values, tags, at, marks, deleted: fc.boolean(), novelty: fc.option(fc.nat(2), { nil: undefined }) })
	.map(({ values, tags, at, marks, deleted, novelty }) => ({
		kind: 'expense',
		version: 1,
		values: { ...values, ...(tags ? { tags } : {}) },
		meta: { at, ...marks, ...(deleted ? { deleted } : {}) },
		...(novelty === undefined ? {} : { novelty })
	}));

/** A body whose fields are the base's or changed to values that only `who` writes. */
export function editOf(base: Plain, who: string): fc.Arbitrary<Plain> {
	return fc.subarray([...someFields]).map((changed) => ({
		...base,
		values: { ...base.values, ...Object.fromEntries(changed.map((field) => [field, `${field} of ${who}`])) },
		meta: { ...base.meta, [`mark of ${who}`]: true }
	}));
}

/** Everything a person sees in a field, as sorted JSON: what stands and what lies beside it. */
export function seenIn(plain: Plain, field: string): string[] {
	const beside = conflictsOf(plain)[field] ?? [];
	return [plain.values[field], ...beside.map((one) => one.value)].map((one) => JSON.stringify(one ?? null)).sort();
}
