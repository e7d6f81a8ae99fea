import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessDateOrder } from '../../../src/lib/import/guess-date-order.ts';
import type { DateOrder } from '../../../src/lib/import/read-date.ts';
import { readDate } from '../../../src/lib/import/read-date.ts';

const days = fc
	.date({ min: new Date('1980-01-01'), max: new Date('2079-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

function write(date: string, order: DateOrder, mark: string, short: boolean): string {
	const [year = '', month = '', day = ''] = date.split('-');
	const parts = { y: short ? year.slice(2) : year, m: month, d: day };
	return [...order].map((part) => parts[part as 'd' | 'm' | 'y']).join(mark);
}

test('every day comes back from every order, mark and length of the year', () => {
	const order = fc.constantFrom<DateOrder>('dmy', 'mdy', 'ymd');
	fc.assert(
		fc.property(days, order, fc.constantFrom('/', '-', '.', ' '), fc.boolean(), (date, by, mark, short) => {
			fc.pre(!(by === 'ymd' && mark === ' ' && !short));
			expect(readDate(write(date, by, mark, short), by)).toBe(date);
		})
	);
});

test('a day that does not exist in the given order is no date, even where another order has it', () => {
	expect(readDate('02/13/2024', 'dmy')).toBeNull();
	expect(readDate('13/02/2024', 'mdy')).toBeNull();
	for (const text of [
		'2023-02-29',
		'31/04/2024',
		'00/01/2024',
		'20240230',
		'2024-13-01',
		'5 Foo 2024',
		'12.05.',
		'1234,56'
	]) {
		expect(readDate(text, 'dmy'), text).toBeNull();
	}
});

test.for([
	['2024-01-31T23:59:59+02:00', '2024-01-31'],
	['2024-01-31 13:22:11.123 UTC', '2024-01-31'],
	['31/01/2024 1:22 pm', '2024-01-31'],
	['20240131', '2024-01-31'],
	['20240131120000', null],
	['31-ene-2024', '2024-01-31'],
	['31 de enero de 2024', '2024-01-31'],
	['1er févr. 2024', '2024-02-01'],
	['5. März 2024', '2024-03-05'],
	['Jan 5, 2024', '2024-01-05'],
	['January 5 2024', '2024-01-05'],
	['12 dez 23', '2023-12-12'],
	['Mo., 05.02.2024', '2024-02-05'],
	['31/12/99', '1999-12-31']
] as const)('%s is read as %s', ([text, date]) => {
	expect(readDate(text, 'dmy')).toBe(date);
});

test('one day above twelve decides the order of the whole file', () => {
	expect(guessDateOrder(['01/02/2024', '03/04/2024', '13/04/2024'])).toMatchObject({ order: 'dmy', sure: true });
	expect(guessDateOrder(['01/02/2024', '03/04/2024', '04/13/2024'])).toMatchObject({ order: 'mdy', sure: true });
	expect(guessDateOrder(['2024-01-02', '2024-03-04'])).toMatchObject({ sure: true });
});

test('where nothing decides the person is asked, and the order that sorts the file is suggested', () => {
	expect(guessDateOrder(['01/02/2024', '01/05/2024', '02/01/2024'])).toEqual({
		order: 'mdy',
		sure: false,
		sample: '01/02/2024'
	});
	expect(guessDateOrder(['01/02/2024', '02/02/2024', '01/03/2024'])).toEqual({
		order: 'dmy',
		sure: false,
		sample: '01/02/2024'
	});
	expect(guessDateOrder(['24-01-02', '24-03-31'])).toEqual({ order: 'ymd', sure: false, sample: '24-01-02' });
});

test('dates with points, and days that read the same either way, need no question', () => {
	expect(guessDateOrder(['01.02.2024', '03.04.2024'])).toMatchObject({ order: 'dmy', sure: true });
	expect(guessDateOrder(['05/05/2024', '06/06/2024'])).toMatchObject({ sure: true });
});
