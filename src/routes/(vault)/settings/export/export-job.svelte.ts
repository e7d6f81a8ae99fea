import { saveBlob } from '$lib/forms/files/save-blob.ts';
import { domainOf, Exporter, fileNameOf, fileNames } from '$lib/export/index.ts';
import type { ExportedFile, ExportName, ExportRecord, Wanted } from '$lib/export/index.ts';
import workerUrl from '$lib/export/export.worker.ts?worker&url';
import type { EntityView } from '$lib/vault/entity-view.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { ApiError } from '$lib/sync/api-error.ts';

/** Records in a message to the worker: the page goes on between two of them. */
const AT_ONCE = 1000;

/** What is being done, of which entity, and how far it is; without a total that is not known. */
interface Progress {
	readonly step: 'reading' | 'writing' | 'finishing';
	readonly of: string;
	readonly done: number;
	readonly total?: number;
}

/** Why no file came of it. */
export interface ExportTrouble {
	readonly code: 'export/failed' | 'export/unreached';
	readonly of: string;
}

/** One export, from the choice to the file. */
export class ExportJob {
	#cancel = new AbortController();
	#file: ExportedFile | null = null;

	progress = $state.raw<Progress | null>(null);
	trouble = $state.raw<ExportTrouble | null>(null);
	/** The file that was made, by its name. */
	made = $state.raw<{ readonly name: string; readonly leftOut: number } | null>(null);

	/** Makes the file and hands it to the browser. Never rejects: see `trouble`. */
	async run(entities: readonly EntityView[], wanted: Wanted): Promise<void> {
		const cancel = (this.#cancel = new AbortController());
		const exporter = new Exporter(new Worker(workerUrl, { type: 'module' }));
		cancel.signal.addEventListener('abort', () => exporter.end());
		[this.trouble, this.made] = [null, null];
		try {
			for (const entity of entities) await this.#write(exporter, entity, wanted, cancel.signal);
			this.progress = { step: 'finishing', of: '', done: 0 };
			const file = await exporter.ask({ verb: 'finish' });
			if (file) this.#finish(file, entities, wanted);
			for (const { id } of entities) await vault.exports.note(id, domainOf(wanted.name)).catch(() => undefined);
		} catch (error) {
			if (!cancel.signal.aborted) this.trouble = { code: codeOf(error), of: this.progress?.of ?? '' };
		} finally {
			exporter.end();
			this.progress = null;
		}
	}

	/** Stops; nothing is saved. */
	cancel(): void {
		this.#cancel.abort(new DOMException('cancelled', 'AbortError'));
	}

	/** Hands the file to the browser once more. */
	save(): void {
		if (!this.#file || !this.made) return;
		const type = this.#file.ending === 'zip' ? 'application/zip' : WORKBOOK;
		saveBlob(new Blob([this.#file.bytes], { type }), this.made.name);
	}

	/** Lets go of the file. */
	reset(): void {
		[this.#file, this.made, this.trouble] = [null, null, null];
	}

	async #write(exporter: Exporter, entity: EntityView, wanted: Wanted, signal: AbortSignal): Promise<void> {
		const of = entity.name;
		this.progress = { step: 'reading', of, done: 0 };
		const records = await vault.exports.read(entity, (done) => (this.progress = { step: 'reading', of, done }), signal);
		for (let from = 0; from < records.length; from += AT_ONCE) {
			await exporter.ask({ verb: 'take', records: records.slice(from, from + AT_ONCE).map(plainOf) });
			this.progress = { step: 'reading', of, done: from, total: records.length };
		}
		await exporter.ask({ verb: 'write', name: of, wanted }, (done, total) => {
			this.progress = { step: 'writing', of, done, total };
		});
	}

	#finish(file: ExportedFile, entities: readonly EntityView[], { name, locale, today }: Wanted): void {
		const whose = entities.length === 1 ? (entities[0]?.name ?? '') : 'Arca';
		const [base = 'Arca'] = fileNames([`${whose} - ${fileNameOf(name, locale)} - ${today}`]);
		this.#file = file;
		this.made = { name: `${base}.${file.ending}`, leftOut: file.leftOut };
		this.save();
	}
}

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What the worker needs of a record. */
function plainOf({ id, domain, body, damaged }: OpenRecord): ExportRecord {
	return { id, domain, body, ...(damaged ? { damaged } : {}) };
}

function codeOf(error: unknown): ExportTrouble['code'] {
	return error instanceof ApiError ? 'export/unreached' : 'export/failed';
}

/** Which entities an export can be of: the person may export there, and opens its domain. */
export function exportable(
	entities: readonly EntityView[],
	name: ExportName,
	mayExport: (entity: EntityView) => boolean
): EntityView[] {
	return entities.filter((entity) => mayExport(entity) && entity.domains.includes(domainOf(name)));
}
