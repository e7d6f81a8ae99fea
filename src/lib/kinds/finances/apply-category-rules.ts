import { fold } from '../fold.ts';
import { isMoney } from '../money.ts';
import type { KindRecord, RecordBody } from '../record-body.ts';
import { isUncategorised, splitsOf } from './spending.ts';

/** A rule ready to be applied. */
export interface CategoryRule {
	readonly when: string;
	readonly category: string;
}

/** The rules among records, those with the longest words first, so that "amazon prime" wins over "amazon". */
export function readCategoryRules(records: readonly KindRecord[]): CategoryRule[] {
	return records
		.filter(({ body }) => body.kind === 'category-rule' && body.meta.deleted !== true)
		.flatMap(({ body: { values } }) => {
			const when = typeof values.when === 'string' ? fold(values.when) : '';
			return when === '' || typeof values.category !== 'string' ? [] : [{ when, category: values.category }];
		})
		.sort((a, b) => b.when.length - a.when.length || (a.when < b.when ? -1 : 1));
}

/**
 * The category the rules give a movement, by its payee or payer and its notes; null when none of them fits or the
 * movement has one already, which a rule never replaces, or is split: its parts have categories of their own.
 */
export function applyCategoryRules(body: RecordBody, rules: readonly CategoryRule[]): string | null {
	const { values } = body;
	if (body.kind !== 'expense' && body.kind !== 'income') return null;
	if (!isUncategorised(values) || isSplit(values)) return null;
	const text = [values.payee, values.payer, values.notes].map((each) => fold(typeof each === 'string' ? each : ''));
	return rules.find(({ when }) => text.some((each) => each.includes(when)))?.category ?? null;
}

function isSplit(values: Record<string, unknown>): boolean {
	return isMoney(values.amount) && splitsOf({ amount: values.amount, values }) !== null;
}
