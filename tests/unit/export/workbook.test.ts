import { describe, expect, test } from 'vitest';
import type { ExportRecord } from '../../../src/lib/export/index.ts';
import { valuesOf } from '../../stage/read-workbook.ts';
import { body, euros } from '../kinds/a-body.ts';
import { cellsOf, money, of, read } from './read-export.ts';

describe('a workbook, as another program reads it', () => {
	test('has numbers, days and moments as such, in formats that say what they are', async () => {
		const expense = of('expense', { date: '2026-02-28', amount: euros(-123_456), payee: 'Sol' });
		const cells = cellsOf(await read([expense], 'financial-movements'), 'Expenses');
		expect(cells.slice(0, 4)).toEqual([
			{ value: '2026-02-28T00:00:00', type: 'd', format: 'mm-dd-yy' },
			{ value: -1234.56, type: 'n', format: '#,##0.00\\ [$EUR]' },
			{ value: 'EUR', type: 's', format: '@' },
			{ value: 'Uncategorised', type: 's', format: '@' }
		]);
		const pressure = {
			metric: 'blood-pressure',
			value: { value: 124, second: 79, unit: 'mm[Hg]' },
			measuredAt: '2026-02-28T07:30'
		};
		const metrics = valuesOf(await read([of('body-metric', pressure, 'health')], 'health-report'), 'Body metrics');
		expect(metrics).toMatchObject([
			{ 'Measured at': '2026-02-28T07:30:00', Value: 124, 'Value: second value': 79, 'Value: Unit': 'mmHg' }
		]);
	});

	test('writes each amount with the digits of its currency, also where a column has several', async () => {
		const amounts = [money(0, 'EUR'), money(1500, 'JPY'), money(1_234_567, 'KWD')];
		const records = amounts.map((amount, day) => of('income', { date: `2026-01-0${3 - day}`, amount }));
		const rows = (await read(records, 'financial-movements')).find(({ name }) => name === 'Incomes')?.rows.slice(1);
		expect(rows?.map(([, amount]) => [amount?.value, amount?.format])).toEqual([
			[0, '#,##0.00\\ [$EUR]'],
			[1500, '#,##0\\ [$JPY]'],
			[1234.567, '#,##0.000\\ [$KWD]']
		]);
	});

	test('keeps any text a text, and loses nothing of one that is longer than a cell', async () => {
		const texts = [
			'=1+1',
			'+1',
			'-1',
			'@sum',
			'=HYPERLINK("x")',
			'👨‍👩‍👧 family',
			'שלום עולם',
			'a\u0007b',
			'_x0041_',
			' x '
		];
		const long = 'é'.repeat(32_767);
		const longer = '😀'.repeat(20_000);
		const sheets = await read(
			[...texts, long, longer].map((text, at) => of('task', { title: `${10 + at}`, notes: text }, 'administration')),
			'papers'
		);
		expect(sheets.flatMap(({ rows }) => rows.flat()).filter(({ type }) => type === 'f')).toEqual([]);
		const rows = valuesOf(sheets, 'Tasks');
		const noteOf = (at: number) => {
			const row = rows.find(({ Title }) => Title === `${10 + at}`) ?? {};
			return `${String(row.Notes)}${String(row['Notes (continued 1)'] ?? '')}`;
		};
		expect(texts.slice(0, 7).map((_, at) => noteOf(at))).toEqual(texts.slice(0, 7));
		expect([noteOf(7), noteOf(9)]).toEqual(['ab', ' x ']);
		expect(noteOf(8)).toMatch(/^_(x005F_)?x0041_$/);
		expect([noteOf(10) === long, noteOf(11) === longer]).toEqual([true, true]);
	});

	test('gives days that a workbook has no number for as words', async () => {
		const days = ['1850-06-01', '1900-02-28', '1900-03-01', '2026-01-01'];
		const records = days.map((onset) => of('condition', { name: onset, status: 'active', onset }, 'health'));
		const rows = valuesOf(await read(records, 'health-report'), 'Conditions');
		expect(Object.fromEntries(rows.map(({ Name, ...row }) => [Name, row.Since]))).toEqual({
			'1850-06-01': '1850-06-01',
			'1900-02-28': '1900-02-28',
			'1900-03-01': '1900-03-01T00:00:00',
			'2026-01-01': '2026-01-01T00:00:00'
		});
	});

	test('has its first row frozen and to filter by, and speaks the language of its person', async () => {
		const sheets = await read([of('expense', { date: '2026-01-01', amount: euros(1) })], 'financial-movements', {
			locale: 'es-ES'
		});
		expect(sheets.map(({ name }) => name)).toEqual(['Gastos', 'Ingresos', 'Traspasos', 'Por categoría']);
		expect(sheets[0]).toMatchObject({ frozen: 'A2', filter: 'A1:J2' });
		expect(cellsOf(sheets, 'Gastos', 0).map(({ value }) => value)).toEqual(
			expect.arrayContaining(['Fecha', 'Importe', 'Importe: Moneda', 'Categoría'])
		);
	});

	test('is whole for a vault with nothing in it', async () => {
		for (const name of ['health-report', 'financial-snapshot', 'financial-movements', 'papers'] as const) {
			const sheets = await read([], name);
			expect(sheets.length).toBeGreaterThan(3);
			expect(sheets.every(({ rows }) => rows.length === 1)).toBe(true);
		}
	});
});

describe('what cannot be shown', () => {
	test('is listed with its reason, and stops nothing', async () => {
		const good = of('expense', { date: '2026-01-01', amount: euros(100) });
		const damaged: ExportRecord = { id: 'damaged-1', domain: 'finances', body: body('', {}), damaged: true };
		const odd = [of('from-the-future', {}), of('expense', { amount: euros(5) })];
		const elsewhere: ExportRecord = { ...damaged, id: 'damaged-2', domain: 'health' };
		const sheets = await read([good, damaged, ...odd, elsewhere], 'financial-movements');
		expect(valuesOf(sheets, 'Expenses')).toHaveLength(1);
		expect(valuesOf(sheets, 'Left out')).toEqual([
			{ Record: 'damaged-1', Why: 'It does not open' },
			{ Record: odd[0]?.id, Why: 'A newer version of Arca wrote it' },
			{ Record: odd[1]?.id, Why: 'It has no day that can be read' }
		]);
	});

	test('of the bin and of other days there is nothing', async () => {
		const bin = of('expense', { date: '2026-01-02', amount: euros(1), payee: 'Bin' });
		bin.body.meta.deleted = true;
		const days = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'];
		const records = [bin, ...days.map((date) => of('expense', { date, amount: euros(1) }))];
		const sheets = await read(records, 'financial-movements', { from: '2026-01-01', to: '2026-01-31' });
		expect(valuesOf(sheets, 'Expenses').map(({ Date: day }) => day)).toEqual([
			'2026-01-31T00:00:00',
			'2026-01-01T00:00:00'
		]);
		expect(sheets.some(({ name }) => name === 'Left out')).toBe(false);
	});
});
