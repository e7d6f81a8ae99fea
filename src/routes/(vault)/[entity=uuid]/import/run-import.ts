import type { Format, ImportRun, JudgedMovement } from '$lib/import/index.ts';
import { buildRecord } from '$lib/import/index.ts';
import { readCategoryRules } from '$lib/kinds/index.ts';
import type { SaveRefusal } from '$lib/vault/save-outcome.ts';
import { VaultError } from '$lib/vault/vault-error.ts';
import type { Vault } from '$lib/vault/vault.svelte.ts';

/** Records put on this device at a time: all of a lot or nothing of it. Between two lots the person can stop. */
const LOT = 500;

/** What became of an import. */
export interface ImportResult {
	/** Id of the run. */
	run: string;
	/** Id of the entity it went into. */
	entity: string;
	imported: number;
	/** Not begun: the person stopped it, or `trouble` says why. */
	left: number;
	/** Not kept, with the lines they stand on. */
	refused: { line: number; reason: SaveRefusal }[];
	/** What ended it before its time: `vault/closed` where the entity is not the open one any more. */
	trouble: string | null;
}

/** What is imported, and where to. */
export interface ImportOrder {
	/** Id of the entity that was open when the person said so. */
	entity: string;
	format: Format;
	/** Name of the file. */
	name: string;
	picked: readonly JudgedMovement[];
}

export interface ImportOptions {
	onProgress: (done: number) => void;
	/** Stops after the lot under way; what was imported stays. */
	signal: AbortSignal;
}

/**
 * Saves the picked movements as records of one run. A record that is refused does not stop the others. Into another
 * entity than the order's nothing goes, whatever is opened meanwhile. Never rejects: what was taken until something
 * went wrong is in the result, and so is what is left.
 */
export async function runImport(
	vault: Vault,
	{ entity, format, name, picked }: ImportOrder,
	{ onProgress, signal }: ImportOptions
): Promise<ImportResult> {
	const banks = new Map<string, string>();
	for (const { id, body } of vault.records('account')) {
		if (typeof body.values.institution === 'string') banks.set(id, body.values.institution);
	}
	const run: ImportRun = { id: crypto.randomUUID(), at: new Date().toISOString(), format, name, banks };
	const left = picked.length;
	const result: ImportResult = { run: run.id, entity, imported: 0, left, refused: [], trouble: null };
	const release = vault.unsaved.hold();
	try {
		while (result.left > 0 && !signal.aborted) {
			const begun = picked.length - result.left;
			await saveLot(vault, picked.slice(begun, begun + LOT), run, result);
			onProgress(picked.length - result.left);
		}
	} catch (error) {
		result.trouble = error instanceof VaultError ? error.code : 'import/unexpected';
	} finally {
		release();
	}
	return result;
}

/** Saves a lot and counts what became of it; one that throws was not begun. */
async function saveLot(vault: Vault, lot: readonly JudgedMovement[], run: ImportRun, result: ImportResult) {
	const { entity } = result;
	const rules = readCategoryRules(vault.records('category-rule'));
	const requests = lot.map((each) => ({ id: null, domain: 'finances' as const, body: buildRecord(each, run, rules) }));
	const outcomes = await vault.saveMany(requests, { entity });
	for (const [index, outcome] of outcomes.entries()) {
		if (outcome.status === 'saved') result.imported += 1;
		else result.refused.push({ line: lot[index]?.movement.line ?? 0, reason: outcome.reason });
	}
	result.left -= lot.length;
}
