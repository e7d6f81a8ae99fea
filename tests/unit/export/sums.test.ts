import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesOf } from '../../stage/read-workbook.ts';
import { euros } from '../kinds/a-body.ts';
import { money, of, read } from './read-export.ts';

describe('sums', () => {
	const digits: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };
	const amountArb = fc.record({
		minor: fc.integer({ min: -9_999_999, max: 9_999_999 }),
		currency: fc.constantFrom('EUR', 'JPY', 'KWD')
	});
	const monthArb = fc.record({ year: fc.integer({ min: 2022, max: 2026 }), month: fc.integer({ min: 1, max: 12 }) });
	const movementArb = fc.record({
		kind: fc.constantFrom('expense', 'income', 'transfer'),
		date: monthArb.map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}-15`),
		amount: amountArb,
		category: fc.constantFrom(undefined, 'groceries', 'salary', 'Own words')
	});

	test('by category and month are what they are when summed apart, over years and currencies, without transfers', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(movementArb, { maxLength: 60 }), async (movements) => {
				const records = movements.map(({ kind, ...values }) => of(kind, { ...values, from: 'a', to: 'b' }));
				const rows = valuesOf(await read(records, 'financial-movements'), 'By category');
				const expected = new Map<string, number>();
				for (const { kind, date, amount } of movements) {
					if (kind === 'transfer') continue;
					const type = kind === 'expense' ? 'Expenses' : 'Incomes';
					for (const column of [date.slice(0, 7), 'Total']) {
						const key = `${type} ${amount.currency} ${column}`;
						expected.set(key, (expected.get(key) ?? 0) + amount.minor);
					}
				}
				const shown = new Map<string, number>();
				const byRow = new Map<string, number>();
				for (const { Type, Category, Currency, ...columns } of rows) {
					for (const [column, value] of Object.entries(columns)) {
						if (typeof value !== 'number') continue;
						const key = `${String(Type)} ${String(Currency)} ${column}`;
						const minor = Math.round(value * 10 ** (digits[String(Currency)] ?? 2));
						const into = Category === 'Total' ? shown : byRow;
						into.set(key, (into.get(key) ?? 0) + minor);
					}
				}
				expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));
				expect(Object.fromEntries(byRow)).toEqual(Object.fromEntries(expected));
			}),
			{ numRuns: process.env.ARCA_SOAK ? 60 : 4 }
		);
	});

	test('of net worth are those of their rows, by currency and as one by the rates that were noted', async () => {
		const giro = of('account', {
			name: 'Giro',
			type: 'current',
			currency: 'EUR',
			opening: euros(100_000),
			openingOn: '2020-01-01'
		});
		const records = [
			giro,
			of('expense', { date: '2026-01-05', amount: euros(1234), account: giro.id }),
			of('income', { date: '2026-02-05', amount: euros(300_000), account: giro.id }),
			of('expense', { date: '2027-02-05', amount: euros(999), account: giro.id }),
			of('asset', { name: 'Flat', type: 'property', value: money(20_000_000, 'USD'), valuedOn: '2025-01-01' }),
			of('obligation', {
				name: 'Loan',
				type: 'loan',
				outstanding: euros(5_000_000),
				outstandingOn: '2026-01-01',
				status: 'open'
			}),
			of('exchange-rate', { from: 'USD', to: 'EUR', rate: { value: 0.9, unit: '' }, on: '2025-01-01' })
		];
		const sheets = await read(records, 'financial-snapshot');
		const summary = valuesOf(sheets, 'Summary');
		const worth = (what: string) =>
			summary.filter(({ What }) => What === what).map((row) => [row.Amount, row.Currency]);
		expect(worth('Net worth')).toEqual([
			[1000 - 12.34 + 3000 - 50_000, 'EUR'],
			[200_000, 'USD']
		]);
		const inEuros = 1000 - 12.34 + 3000 - 50_000 + 180_000;
		expect(worth('Net worth, all in one currency')).toEqual([
			[inEuros, 'EUR'],
			[Math.round((inEuros / 0.9) * 100) / 100, 'USD']
		]);
		// What each row counts for comes to the same.
		const counted = sheets.flatMap(({ name }) => valuesOf(sheets, name)).filter((row) => 'In net worth' in row);
		const euro = counted
			.filter((row) => row['In net worth: Currency'] === 'EUR')
			.map((row) => Number(row['In net worth']));
		expect(Math.round(euro.reduce((sum, each) => sum + each, 0) * 100)).toBe(-4_601_234);
	});

	test('without a rate say which one is missing', async () => {
		const goods = [euros(100), money(100, 'JPY')].map((value) =>
			of('asset', { name: 'x', type: 'other', value, valuedOn: '2026-01-01' })
		);
		const notes = valuesOf(await read(goods, 'financial-snapshot'), 'Summary').map(({ Note }) => Note);
		expect(notes).toContain('An exchange rate is missing for: JPY');
	});
});
