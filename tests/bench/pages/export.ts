/** 50,000 movements as a workbook: through the app's worker from records, and by others from the cells of that. */
import { Exporter } from '../../../src/lib/export/exporter.ts';
import workerUrl from '../../../src/lib/export/export.worker.ts?worker&url';
import type { Column } from '../../../src/lib/export/table.ts';
import { workbookOf } from '../../../src/lib/export/workbooks.ts';
import type { ExportRecord } from '../../../src/lib/export/workbooks.ts';
import bareUrl from './bare-export.worker.ts?worker&url';
import type { Writer } from './bare-export.worker.ts';
import { cut, timed } from './timed.ts';

const wanted = { name: 'financial-movements', locale: 'en-GB', today: '2026-11-23' } as const;
const AT_ONCE = 1000;

let records: ExportRecord[] = [];

/** So many movements of five years, with words of their own. */
function prepare(count: number): void {
	const categories = ['groceries', 'housing', 'car', 'travel', 'Own words'];
	records = Array.from({ length: count }, (_, at) => {
		const date = new Date(Date.UTC(2022, 0, 1 + (at % 1800))).toISOString().slice(0, 10);
		const amount = { minor: (at * 7919) % 500_000, currency: 'EUR' };
		const values = {
			date,
			amount,
			payee: `Shop ${at % 3000}`,
			category: categories[at % 5],
			notes: `Card 4${at} Madrid`
		};
		const body = { kind: 'expense', version: 1, values, meta: { at: '2026-03-01T09:30:00.000Z' } };
		return { id: crypto.randomUUID(), domain: 'finances', body };
	});
}

async function ours(): Promise<{ took: number; size: number }> {
	let size = 0;
	const exporter = new Exporter(new Worker(workerUrl, { type: 'module' }));
	const took = await timed(async () => {
		for (const some of cut(records, AT_ONCE)) await exporter.ask({ verb: 'take', records: some });
		await exporter.ask({ verb: 'write', name: 'Ana', wanted });
		size = (await exporter.ask({ verb: 'finish' }))?.bytes.length ?? 0;
	});
	exporter.end();
	return { took, size };
}

/** The cells are in the worker before the clock starts. */
async function bare(writer: Writer): Promise<{ took: number; size: number }> {
	const worker = new Worker(bareUrl, { type: 'module' });
	const next = () =>
		new Promise<unknown>((resolve, reject) => {
			worker.onmessage = ({ data }) => resolve(data);
			worker.onerror = ({ message }) => reject(new Error(message));
		});
	// Columns say how a cell is made as well, which no message takes along.
	const { tables } = workbookOf(records, wanted);
	const cells = tables.map((table) => ({ ...table, columns: table.columns.map(plainColumn) }));
	const taken = next();
	worker.postMessage({ tables: cells });
	await taken;
	const written = next();
	worker.postMessage({ writer });
	const made = (await written) as { took: number; size: number };
	worker.terminate();
	return made;
}

const plainColumn = ({ header, format, width }: Column): Column => ({ header, format, width });

class ExportBench {
	prepare = prepare;
	ours = ours;
	bare = bare;
}

declare global {
	var exportBench: ExportBench;
}
globalThis.exportBench = new ExportBench();
