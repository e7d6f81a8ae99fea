import type { ExportRecord } from '../../src/lib/export/index.ts';
import { financeExamples } from '../e2e/finance-examples.ts';
import { healthExamples } from '../e2e/health-examples.ts';
import type { Example } from '../e2e/health-examples.ts';
import { paperExamples } from '../e2e/paper-examples.ts';

const CURRENCIES = ['EUR', 'JPY', 'KWD'] as const;
const CATEGORIES = ['groceries', 'housing', 'transport', undefined, 'Clases de piano'] as const;
const PAYEES = [
	'=HYPERLINK("x")',
	'@sum',
	'-1',
	'Mercadona Colón',
	'מכולת של דוד',
	'👩‍👧 Guardería',
	'東京メトロ'
] as const;

/** An id by its number. */
const idOf = (number: number): string => `0190a0b0-0000-7000-a000-${String(number).padStart(12, '0')}`;

/**
 * The records of a household: one of each kind, five years of movements in three currencies with amounts below zero, zero and
 * above, a note as long as a cell, and a record that does not open.
 */
export function householdRecords(): ExportRecord[] {
	const records: ExportRecord[] = [];
	const add = (kind: string, values: Record<string, unknown>, domain: string): string => {
		const id = idOf(records.length + 1);
		records.push({ id, domain, body: { kind, version: 1, values, meta: { at: '2026-01-01T00:00:00Z' } } });
		return id;
	};
	const giro = add('account', { name: 'Giro', type: 'current', currency: 'EUR' }, 'finances');
	const savings = add('account', { name: 'Ahorro', type: 'savings', currency: 'JPY' }, 'finances');
	const examples: [domain: string, Record<string, Example>][] = [
		['health', healthExamples],
		['finances', financeExamples],
		['administration', paperExamples]
	];
	for (const [domain, ofKind] of examples) {
		const ids = new Map<string, string>();
		for (const [kind, example] of Object.entries(ofKind))
			ids.set(
				kind,
				add(
					kind,
					example(giro, savings, (other) => ids.get(other) ?? ''),
					domain
				)
			);
	}
	for (let month = 0; month < 60; month++) {
		const date = `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15`;
		const currency = CURRENCIES[month % CURRENCIES.length];
		const amount = { minor: (month - 7) * 123_457, currency };
		const [category, payee] = [CATEGORIES[month % CATEGORIES.length], PAYEES[month % PAYEES.length]];
		add('expense', { date, amount, payee, category, account: giro }, 'finances');
		add('income', { date, amount: { minor: 185_000, currency }, payer: 'Empresa SL', category: 'salary' }, 'finances');
	}
	for (const [from, rate] of [
		['JPY', 0.0061],
		['KWD', 2.94]
	] as const)
		add('exchange-rate', { from, to: 'EUR', rate: { value: rate, unit: '' }, on: '2022-01-01' }, 'finances');
	add('note', { title: 'Larga', text: 'ñandú 🦤 '.repeat(3276).slice(0, 32_767) }, 'administration');
	records.push({ ...records[0], id: idOf(0), domain: 'finances', damaged: true } as ExportRecord);
	return records;
}
