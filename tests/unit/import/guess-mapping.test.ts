import { expect, test } from 'vitest';
import { readText as read } from './read-text.ts';

test('balances tell that amounts without a sign are money out', () => {
	const rows = [
		'2024-01-01,A,10.00,90.00',
		'2024-01-02,B,20.00,70.00',
		'2024-01-03,C,-5.00,75.00',
		'2024-01-04,D,1.00,74.00'
	];
	const { mapping, questions, movements } = read(['Date,Payee,Amount,Balance', ...rows].join('\n'));
	expect([mapping.unsigned, questions]).toEqual(['out', []]);
	expect(movements.map(({ money }) => money.minor)).toEqual([-1000, -2000, 500, -100]);
});

test('one row that happens to fit does not turn signs round', () => {
	const { mapping } = read('Date,Payee,Amount,Balance\n2024-01-01,A,-3.50,23.00\n2024-01-02,B,12.00,11.00\n');
	expect(mapping.unsigned).toBe('in');
});

test('what was paid abroad before it was exchanged is not taken for the amount', () => {
	const header = 'Date,Payee,Original amount,Original currency,Amount\n';
	const { movements } = read(`${header}2024-01-01,Shop,-11.00,USD,-10.00\n2024-01-02,Shop,-5.00,EUR,-5.00\n`);
	expect(movements.map(({ money }) => money)).toEqual([
		{ minor: -1000, currency: 'EUR' },
		{ minor: -500, currency: 'EUR' }
	]);
});

test('a charge counts beside the amount only where the balances do not have it already', () => {
	const header = 'Date,Payee,Amount,Fee,Balance\n';
	const apart = read(`${header}2024-01-01,A,10.00,0.00,10.00\n2024-01-02,B,-5.00,1.00,4.00\n`);
	expect(apart.movements.map(({ money }) => money.minor)).toEqual([1000, -600]);
	const within = read(`${header}2024-01-01,A,10.00,0.00,10.00\n2024-01-02,B,-5.00,1.00,5.00\n`);
	expect(within.movements.map(({ money }) => money.minor)).toEqual([1000, -500]);
});

test('two columns of amounts that nothing names are shown to the person', () => {
	const { questions, mapping } = read('13.01.2024;Shop;5,00;\n14.01.2024;Work;;900,00\n15.01.2024;Shop;7,00;\n');
	expect(questions).toEqual(['columns']);
	expect(mapping.columns).toMatchObject({ date: 0, payee: 1, debit: 2, credit: 3 });
});

test('a row that says pending where its date will stand is left out', () => {
	const { leftOut, problems } = read('Date,Payee,Amount\nPending,A,-1.00\n2024-01-02,B,-2.00\n');
	expect(leftOut).toEqual([{ line: 2, reason: 'not-booked', text: 'Pending A -1.00' }]);
	expect(problems).toEqual([]);
});

test('an account’s currency is used where the file names none, the file’s where it does', () => {
	expect(read('Date,Payee,Amount\n2024-01-02,B,-2.00\n', 'CHF').movements[0]?.money.currency).toBe('CHF');
	expect(read('Date,Payee,Amount (GBP)\n2024-01-02,B,-2.00\n', 'CHF').movements[0]?.money.currency).toBe('GBP');
	expect(read('Currency:,SEK\n\nDate,Payee,Amount\n2024-01-02,B,-2.00\n', 'CHF').movements[0]?.money.currency).toBe(
		'SEK'
	);
	expect(read('Date,Payee,Amount\n2024-01-02,B,-2.000\n', 'KWD').movements[0]?.money.minor).toBe(-2000);
});

test('payer and payee in two columns each name the other side of the movement', () => {
	const header =
		'"Buchungsdatum";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Betrag (€)"\n';
	const out = '"02.01.24";"Gebucht";"ISSUER";"Bäckerei";"Brot";"-4,50"\n';
	const income = '"03.01.24";"Gebucht";"Arbeitgeber";"Ich Selbst";"Lohn";"2.000,00"\n';
	expect(read(header + out + income).movements.map(({ payee, notes }) => [payee, notes])).toEqual([
		['Bäckerei', 'Brot'],
		['Arbeitgeber', 'Lohn']
	]);
});

test('remarks in which a word of a state occurs are no states: no row is lost to them', () => {
	const header = 'Date,Payee,Info,Amount\n';
	const rows = ['A,paid by card', 'B,ref 12', 'C,pending since May', 'D,lunch'].map(
		(row, index) => `2024-01-1${index},${row},-${index + 1}.00`
	);
	const { mapping, movements } = read(header + rows.join('\n'));
	expect(mapping.columns.state).toBeNull();
	expect(movements.map(({ notes }) => notes)).toEqual(['paid by card', 'ref 12', 'pending since May', 'lunch']);
});

test('many different remarks are no states even where each has such a word', () => {
	const rows = Array.from({ length: 12 }, (_, index) => `2024-01-${index + 10},Shop,paid to ${index},-1.00`);
	expect(read(`Date,Payee,Info,Amount\n${rows.join('\n')}`).mapping.columns.state).toBeNull();
});

test.for([
	['CHQ 1001', 'CHQ 1002'],
	['1001', '1002'],
	['#12', '#13'],
	['7 UP', 'ATM 20']
])('descriptions such as %s are payees and no amounts', ([one, two]) => {
	const { movements } = read(`Date,Description,Amount\n2024-01-02,${one},-5.00\n2024-01-03,${two},-6.00\n`);
	expect(movements.map(({ payee, money }) => [payee, money.minor])).toEqual([
		[one, -500],
		[two, -600]
	]);
});
