import { applyCategoryRules, bodyOf, kindOf, readCategoryRules } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import type { SaveRequest } from '../vault/save-outcome.ts';
import { vault } from '../vault/vault.svelte.ts';

/** A past movement and the category the rules give it. */
export interface Fitting {
	readonly record: OpenRecord;
	readonly category: string;
}

/** The expenses and incomes without a category that a rule fits. */
export function fittingMovements(): Fitting[] {
	const rules = readCategoryRules(vault.records('category-rule'));
	if (rules.length === 0) return [];
	return [...vault.records('expense'), ...vault.records('income')].flatMap((record) => {
		const category = applyCategoryRules(record.body, rules);
		return category === null ? [] : [{ record, category }];
	});
}

/**
 * Saves those movements with their category.
 * @returns how many were saved and how many were not
 */
export async function applyRulesToPast(fitting: readonly Fitting[]): Promise<{ saved: number; left: number }> {
	const at = new Date().toISOString();
	const requests = fitting.flatMap(({ record, category }): SaveRequest[] => {
		const kind = kindOf(record.body.kind);
		if (kind === undefined) return [];
		const body = bodyOf(kind, { ...record.body.values, category }, at, record.body);
		return [{ id: record.id, domain: record.domain, body, from: record.body }];
	});
	const outcomes = await vault.saveMany(requests);
	const saved = outcomes.filter(({ status }) => status === 'saved').length;
	return { saved, left: requests.length - saved };
}
