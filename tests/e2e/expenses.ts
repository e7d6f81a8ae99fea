import type { RecordBody } from '../../src/lib/kinds/record-body.ts';
import { bodyOf } from './person-api.ts';

const categories = ['groceries', 'transport', 'leisure', 'health', undefined];
const places = ['Madrid', 'Sevilla', 'Gijón'];

/**
 * Expenses as an import of many years leaves them, five days apart at most; every second has words and a source of its
 * own.
 * @param account id of the account they were paid from
 */
export function manyExpenses(count: number, account: string): RecordBody[] {
	return Array.from({ length: count }, (_, number) => {
		const date = new Date(Date.UTC(2004, 0, 1 + (number % 8_000))).toISOString().slice(0, 10);
		const amount = { minor: 150 + ((number * 7919) % 90_000), currency: 'EUR' };
		const payee = `Shop ${number % 2_111} ${places[number % 3]}`;
		const notes = number % 2 === 0 ? `Receipt ${(number * 7_919) % 100_003}` : undefined;
		return bodyOf('expense', { date, amount, payee, category: categories[number % 5], account, notes });
	});
}
