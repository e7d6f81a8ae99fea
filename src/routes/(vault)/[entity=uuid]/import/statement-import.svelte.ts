import type { Encoding, JudgedMovement } from '$lib/import/index.ts';
import { judgeFile, sameMovements } from './judge-file.ts';
import { importMappings } from '$lib/vault/import-mappings.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { m } from '$messages';
import { untrack } from 'svelte';
import { toast } from 'svelte-sonner';
import type { ImportResult } from './run-import.ts';
import { runImport } from './run-import.ts';
import { StatementFile } from './statement-file.svelte.ts';

export type Step = 'file' | 'mapping' | 'review' | 'saving' | 'done';

/** One statement on its way into the vault, step by step. */
export class StatementImport extends StatementFile {
	#cancel = new AbortController();

	step = $state<Step>('file');
	judged = $state.raw<readonly JudgedMovement[]>([]);
	/** Sides of transfers that are imported from their other side. */
	otherSides = $state.raw<readonly JudgedMovement[]>([]);
	/** Movements that may be there already and are imported all the same. */
	chosen = $state.raw<readonly JudgedMovement[]>([]);
	progress = $state.raw({ done: 0, total: 0, started: 0 });
	result = $state.raw<ImportResult | null>(null);

	/** What is going to be imported as things stand. */
	get picked(): JudgedMovement[] {
		return this.judged.filter(
			(each) => each.verdict === 'new' || (each.verdict === 'maybe' && this.chosen.includes(each))
		);
	}

	/** Takes a file the person chose or dropped. */
	async take(file: File): Promise<void> {
		if (await this.read(file)) this.step = 'mapping';
	}

	/** Reads the file that could not be read once more, in an encoding the person knows it has. */
	async readAs(encoding: Encoding): Promise<void> {
		await this.choose({ encoding });
		if (this.trouble === null) this.step = 'mapping';
	}

	/** Goes on to what the file would add; its page has it compared there. */
	review(): void {
		this.chosen = [];
		this.step = 'review';
	}

	/** Compares the movements with what the vault has now. What the person chose among them stays chosen. */
	judge(): void {
		const { judged, otherSides } = judgeFile(this.parts, this.format, this.ledger);
		this.judged = judged;
		this.otherSides = otherSides;
		this.chosen = sameMovements(
			judged,
			untrack(() => this.chosen)
		);
	}

	toggle(each: JudgedMovement): void {
		const { chosen } = this;
		this.chosen = chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each];
	}

	async import(): Promise<void> {
		const { name, format, picked } = this;
		const { entity } = vault;
		if (entity === null) return;
		this.step = 'saving';
		this.result = null;
		this.trouble = null;
		this.progress = { done: 0, total: picked.length, started: performance.now() };
		this.#cancel = new AbortController();
		await this.#remember();
		const result = await runImport(
			vault,
			{ entity: entity.id, format, name, picked },
			{
				signal: this.#cancel.signal,
				onProgress: (done) => (this.progress = { ...this.progress, done })
			}
		);
		if (result.trouble === 'import/unexpected' && result.left === picked.length) {
			// Nothing came of it: one is back before it, and may try again.
			this.trouble = result.trouble;
			this.step = 'review';
			return;
		}
		this.result = result;
		this.step = 'done';
		// Its page is gone with the entity: the person is told wherever they are in the vault now.
		if (result.trouble === 'vault/closed' && vault.entity !== null)
			toast.error(m.import_stopped_elsewhere({ name, done: result.imported, left: result.left }));
	}

	/** Keeps the mapping. That it was not remembered costs some answers next time, and this import nothing. */
	async #remember(): Promise<void> {
		const { mapping, view, account, ledger } = this;
		try {
			await ledger?.remember();
			if (mapping === null || view === null) return;
			await importMappings.save({ account, shape: view.shape, mapping: $state.snapshot(mapping) });
		} catch {
			// The vault was closed: the import itself will say so.
		}
	}

	/** Stops after the records under way; what was imported stays. */
	cancel(): void {
		this.#cancel.abort();
	}

	/** Back to the start, for another file. */
	reset(): void {
		this.forget();
		this.judged = [];
		this.result = null;
		this.step = 'file';
	}
}
