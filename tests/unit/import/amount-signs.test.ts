import { expect, test } from 'vitest';
import { minorsOf, readText, readWithColumns } from './read-text.ts';

test.for([
	['$-12.30', '$20.00', 'USD'],
	['-$12.30', '$20.00', 'USD'],
	['USD -12.30', 'USD 20.00', 'USD'],
	['$(12.30)', '$20.00', 'USD'],
	['$\u201112.30', '$20.00', 'USD'],
	['12.30 USD-', '20.00 USD', 'USD'],
	['€-12.30', '€20.00', 'EUR'],
	['12.30- €', '20.00 €', 'EUR'],
	['EUR -12.30', 'EUR 20.00', 'EUR']
])('%s stays money out beside a column that says debit', ([out, income, currency]) => {
	const read = readText(
		`Date,Description,Type,Amount\n2024-01-02,Shop,Debit,${out}\n2024-01-03,Work,Credit,${income}\n`,
		currency
	);
	expect(minorsOf(read)).toEqual([-1230, 2000]);
	expect(read.movements[0]?.payee).toBe('Shop');
});

const TYPED = 'Date,Description,Type,Amount\n';

test('a minus beside the word debit is money out, also where the person picks the column of such words', () => {
	const text = `${TYPED}2024-01-02,Shop,Debit,-12.30\n2024-01-03,Work,Credit,20.00\n`;
	expect(minorsOf(readWithColumns(text, { sign: 2 }))).toEqual([-1230, 2000]);
	expect(minorsOf(readText('Date,Description,Amount\n2024-01-02,Shop,-12.30 DR\n2024-01-03,Work,20.00 CR\n'))).toEqual([
		-1230, 2000
	]);
});

test('where most debits have no minus, one with a minus is money that came back', () => {
	const rows = ['2024-01-02,Shop,Debit,12.30', '2024-01-03,Shop,Debit,4.00', '2024-01-04,Shop,Debit,-12.30'];
	const read = readText(TYPED + rows.join('\n'));
	expect(minorsOf(read)).toEqual([-1230, -400, 1230]);
	expect(read.questions).toEqual([]);
});

test('a debit column written with the minus after the currency is money out', () => {
	const read = readText('Date,Payee,Debit,Credit\n2024-01-02,Shop,$-12.30,\n2024-01-03,Work,,$20.00\n', 'USD');
	expect(minorsOf(read)).toEqual([-1230, 2000]);
});

test.for([
	[['12.30', '8.00', '-20.00'], true],
	[['12.30', '8.00', '5.00', '-20.00'], true],
	[['12.30', '8.00', '5.00', '9.00', '-1.00', '-2.00'], true],
	[['12.30', '-20.00'], false],
	[['-12.30', '-8.00', '20.00'], false],
	[['12.30'], true],
	[['-12.30'], false]
] as const)('of %j nothing says whether they are a card’s: the person is asked (%s)', ([amounts, asked]) => {
	const rows = amounts.map((amount, index) => `2024-01-${index + 10},Shop ${index},${amount}`);
	const { questions } = readText(`Date,Payee,Amount\n${rows.join('\n')}\n`);
	expect(questions).toEqual(asked ? ['direction'] : []);
});

test('an amount larger than a record can hold is reported by its line, and so is one that a fee makes so', () => {
	const header = 'Date,Payee,Amount,Fee\n';
	const rows = '2024-01-02,A,-9999999999999.99,0.00\n2024-01-03,B,-10000000000000.00,0.00\n';
	const { movements, problems } = readText(`${header}${rows}2024-01-04,C,-9999999999999.99,0.01\n`);
	expect(movements.map(({ line }) => line)).toEqual([2]);
	expect(problems.map(({ line, code }) => [line, code])).toEqual([
		[3, 'amount-too-large'],
		[4, 'amount-too-large']
	]);
});
