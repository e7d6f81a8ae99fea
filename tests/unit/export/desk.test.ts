import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExportDesk } from '../../../src/lib/export/export-desk.ts';
import { Exporter, type ExportAnswer, type ExportPort } from '../../../src/lib/export/exporter.ts';
import { fileNames } from '../../../src/lib/export/file-names.ts';
import { readWorkbook, valuesOf } from '../../stage/read-workbook.ts';
import { euros, record } from '../kinds/a-body.ts';

const wanted = { name: 'financial-movements', locale: 'en-GB', today: '2026-11-23' } as const;
const paid = (payee: string) => ({
	...record('expense', { date: '2026-01-01', amount: euros(100), payee }),
	domain: 'finances'
});

test('workbooks of three entities come as a ZIP that unzip opens, each with what is its own', async () => {
	const desk = new ExportDesk();
	const names = ['Ana / Casa', 'ana : casa', '..'];
	for (const [at, name] of names.entries()) {
		await desk.handle({ verb: 'take', records: [paid(`of ${at}`)] }, () => undefined);
		await desk.handle({ verb: 'write', name, wanted }, () => undefined);
	}
	const file = await desk.handle({ verb: 'finish' }, () => undefined);
	expect(file?.ending).toBe('zip');
	const folder = mkdtempSync(join(tmpdir(), 'arca-export-'));
	try {
		writeFileSync(join(folder, 'x.zip'), file?.bytes ?? new Uint8Array());
		expect(spawnSync('unzip', ['-q', 'x.zip'], { cwd: folder }).status).toBe(0);
		const payees = ['Ana Casa', 'ana casa (2)', 'Arca'].map(
			(name) => valuesOf(readWorkbook(readFileSync(join(folder, `${name}.xlsx`))), 'Expenses')[0]?.Payee
		);
		expect(payees).toEqual(['of 0', 'of 1', 'of 2']);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('one entity comes as a workbook, and the next export begins with nothing of it', async () => {
	const desk = new ExportDesk();
	for (const payee of ['first', 'second']) {
		await desk.handle({ verb: 'take', records: [paid(payee)] }, () => undefined);
		await desk.handle({ verb: 'write', name: 'Ana', wanted }, () => undefined);
		const file = await desk.handle({ verb: 'finish' }, () => undefined);
		expect(file).toMatchObject({ ending: 'xlsx', leftOut: 0 });
		expect(valuesOf(readWorkbook(file?.bytes ?? new Uint8Array()), 'Expenses').map(({ Payee }) => Payee)).toEqual([
			payee
		]);
	}
});

test('names of files are such as every system takes, each once', () => {
	const told = ['con', 'a\u202egpj', ' . ', 'x'.repeat(200), 'Ana', 'ANA', 'Peña 👪'];
	expect(fileNames(told)).toEqual([...['Arca con', 'a gpj', 'Arca', 'x'.repeat(80), 'Ana', 'ANA (2)', 'Peña 👪']]);
});

/** A worker that answers when it is told to. */
class HeldPort implements ExportPort {
	ended = false;
	#answer: (event: MessageEvent<ExportAnswer>) => void = () => undefined;
	#fail: () => void = () => undefined;

	postMessage(): void {
		// Nothing is done until a test says so.
	}
	addEventListener(type: string, listener: never): void {
		if (type === 'message') this.#answer = listener;
		else this.#fail = listener;
	}
	terminate(): void {
		this.ended = true;
	}
	answer(data: ExportAnswer): void {
		this.#answer(new MessageEvent('message', { data }));
	}
	die(): void {
		this.#fail();
	}
}

test('how far it is is told meanwhile, and a worker that fails or is ended rejects whoever waits', async () => {
	const port = new HeldPort();
	const exporter = new Exporter(port);
	const told: number[] = [];
	const asked = exporter.ask({ verb: 'finish' }, (done) => told.push(done));
	port.answer({ number: 1, done: 5, total: 10 });
	port.answer({ number: 1, file: null });
	expect([await asked, told]).toEqual([null, [5]]);
	const failing = exporter.ask({ verb: 'finish' });
	port.die();
	await expect(failing).rejects.toThrow('export/failed');
	const cancelled = exporter.ask({ verb: 'finish' });
	exporter.end();
	await expect(cancelled).rejects.toThrow('export/failed');
	expect(port.ended).toBe(true);
});
