import type { JudgedMovement } from '$lib/import/index.ts';
import { findDuplicates } from '$lib/import/index.ts';
import { importMappings } from '$lib/vault/import-mappings.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { ImportResult } from './run-import.ts';
import { runImport } from './run-import.ts';
import { StatementFile } from './statement-file.svelte.ts';

export type Step = 'file' | 'mapping' | 'review' | 'saving' | 'done';

/** One statement on its way into the vault, step by step. */
export class StatementImport extends StatementFile {
	#cancel = new AbortController();

	step = $state<Step>('file');
	judged = $state.raw<readonly JudgedMovement[]>([]);
	/** Lines of movements that may be there already and are imported all the same. */
	chosen = $state.raw<readonly number[]>([]);
	progress = $state.raw({ done: 0, total: 0, started: 0 });
	result = $state.raw<ImportResult | null>(null);

	/** What is going to be imported as things stand. */
	get picked(): JudgedMovement[] {
		return this.judged.filter(
			({ verdict, movement }) => verdict === 'new' || (verdict === 'maybe' && this.chosen.includes(movement.line))
		);
	}

	/** Takes a file the person chose or dropped. */
	async take(file: File): Promise<void> {
		if (await this.read(file)) this.step = 'mapping';
	}

	/** Compares the movements with what the vault has. */
	review(): void {
		this.judged = findDuplicates(this.reading?.movements ?? [], this.account, vault.all());
		this.chosen = [];
		this.step = 'review';
	}

	toggle(line: number): void {
		const { chosen } = this;
		this.chosen = chosen.includes(line) ? chosen.filter((each) => each !== line) : [...chosen, line];
	}

	async import(): Promise<void> {
		const { mapping, view, accountRecord } = this;
		if (mapping === null || view === null || accountRecord === undefined) return;
		this.step = 'saving';
		this.result = null;
		this.progress = { done: 0, total: this.picked.length, started: performance.now() };
		this.#cancel = new AbortController();
		await this.attempt(async () => {
			// That it was not remembered costs the person some answers next time, and this import nothing.
			await importMappings.save({ account: this.account, shape: view.shape, mapping: $state.snapshot(mapping) });
			this.result = await runImport(this.picked, accountRecord, this.name, {
				signal: this.#cancel.signal,
				onProgress: (done) => (this.progress = { ...this.progress, done })
			});
		});
		// Where nothing came of it, such as after signing out elsewhere, one is back before it.
		this.step = this.result === null ? 'review' : 'done';
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
