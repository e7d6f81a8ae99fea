import type { ImportRun, JudgedMovement } from '$lib/import/index.ts';
import { buildRecord } from '$lib/import/index.ts';
import { readCategoryRules } from '$lib/kinds/index.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import type { RefusalReason } from '$lib/vault/save-outcome.ts';
import { VaultError } from '$lib/vault/vault-error.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** Records saved at a time. Between two lots the person can stop; within one they would not know what was taken. */
const LOT = 250;

/** What became of an import. */
export interface ImportResult {
	/** Id of the run. */
	run: string;
	imported: number;
	/** No answer so far; the vault sends them again by itself. */
	unsent: number;
	/** Not begun: the person stopped it, or the server was not reached any more. */
	left: number;
	/** Refused for good, with the lines they stand on. */
	refused: { line: number; reason: RefusalReason }[];
}

export interface ImportOptions {
	onProgress: (done: number) => void;
	/** Stops after the lot under way; what was imported stays. */
	signal: AbortSignal;
}

/** Saves the picked movements as records of one run. A record that is refused does not stop the others. */
export async function runImport(
	picked: readonly JudgedMovement[],
	account: OpenRecord,
	name: string,
	{ onProgress, signal }: ImportOptions
): Promise<ImportResult> {
	const bank = account.body.values.institution;
	const run: ImportRun = { id: crypto.randomUUID(), at: new Date().toISOString(), account: account.id, name };
	if (typeof bank === 'string') run.bank = bank;
	const result: ImportResult = { run: run.id, imported: 0, unsent: 0, left: picked.length, refused: [] };
	const release = vault.unsent.hold();
	try {
		while (result.left > 0 && result.unsent === 0 && !signal.aborted) {
			const begun = picked.length - result.left;
			await saveLot(picked.slice(begun, begun + LOT), run, result);
			onProgress(picked.length - result.left);
		}
	} catch (error) {
		// The vault was closed meanwhile, as by signing out in another tab: what is left stays left.
		if (!(error instanceof VaultError)) throw error;
	} finally {
		release();
	}
	return result;
}

async function saveLot(lot: readonly JudgedMovement[], run: ImportRun, result: ImportResult): Promise<void> {
	const rules = readCategoryRules(vault.records('category-rule'));
	const requests = lot.map((each) => ({ id: null, domain: 'finances' as const, body: buildRecord(each, run, rules) }));
	const outcomes = await vault.saveMany(requests);
	for (const [index, outcome] of outcomes.entries()) {
		if (outcome.status === 'saved') result.imported += 1;
		else if (outcome.status !== 'refused') result.unsent += 1;
		else result.refused.push({ line: lot[index]?.movement.line ?? 0, reason: outcome.reason });
	}
	result.left -= lot.length;
}
