import { describe, expect, test } from 'vitest';
import { EXPORTS, kindsIn } from '../../../src/lib/export/index.ts';
import { kindTable } from '../../../src/lib/export/kind-table.ts';
import { namesOf } from '../../../src/lib/export/record-names.ts';
import { sheetNames } from '../../../src/lib/export/sheet-names.ts';
import { workbookOf } from '../../../src/lib/export/workbooks.ts';
import { defineKind, kinds } from '../../../src/lib/kinds/index.ts';
import { record } from '../kinds/a-body.ts';

const exportsOf = (name: string) => EXPORTS.filter((one) => kindsIn(one).some((kind) => kind.name === name));

describe('the sheets of exports', () => {
	test.each(kinds.filter(({ anywhere }) => !anywhere).map(({ name }) => name))(
		'have one of the kind %s, and no other has',
		(name) => {
			expect(exportsOf(name)).toHaveLength(1);
		}
	);

	test('have notes of each domain with the rest of it', () => {
		expect(exportsOf('note')).toEqual(['health-report', 'financial-snapshot', 'papers']);
	});

	test.each(['en-GB', 'es-ES'])('are called in %s as a workbook can call them', (locale) => {
		for (const name of EXPORTS) {
			const { tables } = workbookOf([], { name, locale, today: '2026-01-01' });
			const names = tables.map((table) => table.name);
			expect(sheetNames(names)).toEqual(names);
			for (const { columns } of tables) expect(new Set(columns.map(({ header }) => header)).size).toBe(columns.length);
		}
	});

	test('follow what the file of a kind says, whatever kind it is', () => {
		const boat = defineKind({
			...{ name: 'boat', domain: 'finances', version: 1, icon: 'ship', title: ['name'], search: [] },
			one: { en: 'Boat', es: 'Barco' },
			many: { en: 'Boats', es: 'Barcos' },
			empty: { en: '', es: '' },
			fields: {
				name: { type: 'text', label: { en: 'Name', es: 'Nombre' } },
				length: { type: 'number', label: { en: 'Length', es: 'Eslora' }, units: ['m'] },
				price: { type: 'money', label: { en: 'Price', es: 'Precio' } }
			},
			list: { columns: ['name'], sort: { by: 'name' }, filters: [], card: { detail: [] } },
			sheet: { name: { en: 'Boats', es: 'Barcos' }, columns: ['name', 'price', 'length'] }
		});
		const dory = record('boat', {
			name: 'Dory',
			length: { value: 6.5, unit: 'm' },
			price: { minor: 150, currency: 'EUR' }
		});
		const { name, columns, rows } = kindTable(boat, [dory], namesOf([], 'es-ES'));
		expect([name, columns.map(({ header }) => header), rows]).toEqual([
			'Barcos',
			['Nombre', 'Precio', 'Precio: Moneda', 'Eslora (m)'],
			[['Dory', 1.5, 'EUR', 6.5]]
		]);
	});

	test('are called what a workbook takes, each once, whatever they are called', () => {
		const long = 'A very long name of a sheet, longer than any program takes';
		expect(sheetNames(['a/b:c', 'Same', 'same', "'x'", '', long, long])).toEqual([
			...['a b c', 'Same', 'same 2', 'x', '-'],
			...['A very long name of a sheet, lo', 'A very long name of a sheet, 2']
		]);
	});
});
