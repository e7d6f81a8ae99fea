import { applyCategoryRules, bodyOf, fold, kindOf, readCategoryRules, uncategorised } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import type { SaveOutcome, SaveRequest } from '$lib/vault/save-outcome.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/**
 * Gives an expense or income its category.
 * @param words also makes the rule that whatever has these words gets the category, and gives it to every entry here
 * that fits and has none; null for this one alone
 * @returns what became of the entry itself, and how many entries got the category
 */
export async function giveCategory(
	record: OpenRecord,
	category: string,
	words: string | null
): Promise<{ outcome: SaveOutcome | undefined; count: number }> {
	const rule = words === null ? null : { when: words, category };
	const alike = rule === null ? [] : alikeEntries(record, rule);
	const entries = [record, ...alike].flatMap((one) => categorise(one, category));
	const outcomes = await vault.saveMany([...entries, ...(rule === null ? [] : newRule(rule))]);
	const count = outcomes.slice(0, entries.length).filter(({ status }) => status === 'saved').length;
	return { outcome: outcomes[0], count };
}

/** The other entries without a category that a rule fits. */
function alikeEntries(record: OpenRecord, rule: { when: string; category: string }): OpenRecord[] {
	const rules = [{ when: fold(rule.when), category: rule.category }];
	const open = uncategorised([...vault.records('expense'), ...vault.records('income')]);
	return open.filter(
		({ id, body }) => id !== record.id && body.kind === record.body.kind && applyCategoryRules(body, rules) !== null
	);
}

function categorise(record: OpenRecord, category: string): SaveRequest[] {
	const kind = kindOf(record.body.kind);
	if (!kind) return [];
	const values = { ...record.body.values, category };
	const body = bodyOf(kind, values, new Date().toISOString(), record.body);
	return [{ id: record.id, domain: record.domain, body, from: record.body }];
}

/** The rule as a record; nothing where there is one for these words already. */
function newRule(rule: { when: string; category: string }): SaveRequest[] {
	const kind = kindOf('category-rule');
	const known = readCategoryRules(vault.records('category-rule'));
	if (!kind || known.some(({ when }) => when === fold(rule.when))) return [];
	return [{ id: null, domain: kind.domain, body: bodyOf(kind, rule, new Date().toISOString()) }];
}
