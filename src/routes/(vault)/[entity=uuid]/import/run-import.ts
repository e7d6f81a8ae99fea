import type { ImportRun, JudgedMovement } from '$lib/import/index.ts';
import { buildRecord } from '$lib/import/index.ts';
import { readCategoryRules } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import type { RefusalReason } from '$lib/vault/save-outcome.ts';
import type { SendOptions } from '$lib/vault/send-changes.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** What became of an import. */
export interface ImportResult {
	/** Id of the run. */
	run: string;
	imported: number;
	/** Not begun, because the person stopped it. */
	stopped: number;
	/** No answer so far; the vault sends them again by itself. */
	unsent: number;
	/** Refused for good, with the lines they stand on. */
	refused: { line: number; reason: RefusalReason }[];
}

/** Saves the picked movements as records of one run. A record that is refused does not stop the others. */
export async function runImport(
	picked: readonly JudgedMovement[],
	account: OpenRecord,
	name: string,
	options: SendOptions
): Promise<ImportResult> {
	const bank = account.body.values.institution;
	const run: ImportRun = { id: crypto.randomUUID(), at: new Date().toISOString(), account: account.id, name };
	if (typeof bank === 'string') run.bank = bank;
	const rules = readCategoryRules(vault.records('category-rule'));
	const requests = picked.map((each) => {
		return { id: null, domain: 'finances' as const, body: buildRecord(each, run, rules) };
	});
	const outcomes = await vault.saveMany(requests, options);
	const result: ImportResult = { run: run.id, imported: 0, stopped: 0, unsent: 0, refused: [] };
	for (const [index, outcome] of outcomes.entries()) {
		const line = picked[index]?.movement.line ?? 0;
		if (outcome.status === 'saved') result.imported += 1;
		else if (outcome.status === 'refused') result.refused.push({ line, reason: outcome.reason });
		else if (outcome.status === 'unsent' && options.signal?.aborted) result.stopped += 1;
		else result.unsent += 1;
	}
	return result;
}
