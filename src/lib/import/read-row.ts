import { LARGEST_AMOUNT, LIMITS } from '../kinds/check-value.ts';
import type { Money } from '../kinds/money.ts';
import type { Movement } from './movement.ts';
import type { RawRow } from './split-rows.ts';
import { bareCell } from './looks-like.ts';
import type { Mapping } from './mapping.ts';
import { directionOf } from './movement-words.ts';
import { currencyOf } from './currency-signs.ts';
import type { ReadAmount } from './read-amount.ts';
import { readAmount } from './read-amount.ts';
import { readDate } from './read-date.ts';
import type { RowProblem } from './row-problem.ts';
import { rowProblem } from './row-problem.ts';

/**
 * Reads one row by a mapping.
 * @returns the movement, or the one thing that is wrong with the row
 */
export function readRow(row: RawRow, mapping: Mapping): Movement | RowProblem {
	const { columns } = mapping;
	const cell = (column: number | null) => (column === null ? '' : bareCell(row.cells[column] ?? ''));
	const dateText = cell(columns.date);
	if (dateText === '') return rowProblem(row.line, 'date-missing', row.cells.join(' '));
	const date = readDate(dateText, mapping.dateOrder);
	if (date === null) return rowProblem(row.line, 'date', dateText);
	const currency =
		cell(columns.currency) === '' ? mapping.currency : currencyOf(cell(columns.currency), mapping.currency);
	if (currency === null) return rowProblem(row.line, 'currency', cell(columns.currency));
	const money = readMoney(row, { ...mapping, currency }, cell);
	if ('code' in money) return money;
	const [ours, theirs] = [cell(columns.payee), cell(columns.payer)];
	const payee = money.minor < 0 ? ours || theirs : theirs || ours;
	const texts = columns.notes.map((column) => longText(row.cells[column] ?? '')).filter((text) => text !== '');
	const notes = texts.join(' · ');
	if (payee.length > LIMITS.text || notes.length > LIMITS.longText) return rowProblem(row.line, 'cell-too-long', payee);
	return { line: row.line, date, money, payee, notes, bankId: cell(columns.bankId) };
}

/** The signed amount: of the one column, or of the pair; less the fee. */
function readMoney(row: RawRow, mapping: Mapping, cell: (column: number | null) => string): Money | RowProblem {
	const { columns } = mapping;
	const read = (column: number | null): ReadAmount | RowProblem | null => {
		const amount = readAmount(cell(column), mapping);
		return typeof amount === 'string' ? rowProblem(row.line, amount, cell(column)) : amount;
	};
	const money = columns.amount === null ? readPair(row, mapping, read) : readSingle(row, mapping, read, cell);
	if ('code' in money) return money;
	const fee = read(columns.fee) ?? { minor: 0, currency: money.currency };
	if ('code' in fee) return fee;
	if (fee.minor !== 0 && fee.currency !== money.currency) return rowProblem(row.line, 'currency', cell(columns.fee));
	const minor = money.minor + (mapping.feesNegative ? fee.minor : 0 - fee.minor);
	// Past the largest that a record can hold; a sum that is no safe integer is far past it.
	if (Math.abs(minor) > LARGEST_AMOUNT) return rowProblem(row.line, 'amount-too-large', row.cells.join(' '));
	return { minor, currency: money.currency };
}

type Read = (column: number | null) => ReadAmount | RowProblem | null;

function readSingle(
	row: RawRow,
	mapping: Mapping,
	read: Read,
	cell: (column: number | null) => string
): Money | RowProblem {
	const { amount: column, sign } = mapping.columns;
	const amount = read(column);
	if (amount === null) return rowProblem(row.line, 'amount-missing', row.cells.join(' '));
	if ('code' in amount) return amount;
	const { minor, currency } = amount;
	const direction = amount.direction ?? (sign === null ? null : directionOf(cell(sign)));
	if (direction === null && sign !== null && minor !== 0) return rowProblem(row.line, 'direction', cell(sign));
	const turned = direction === null ? mapping.unsigned === 'out' : direction === 'out' && !mapping.debitsNegative;
	return { minor: turned ? 0 - minor : minor, currency };
}

function readPair(row: RawRow, mapping: Mapping, read: Read): Money | RowProblem {
	const { columns, debitsNegative } = mapping;
	const debit = read(columns.debit);
	const credit = read(columns.credit);
	if (debit !== null && 'code' in debit) return debit;
	if (credit !== null && 'code' in credit) return credit;
	const one = debit !== null && debit.minor !== 0 ? debit : (credit ?? debit);
	if (one === null) return rowProblem(row.line, 'amount-missing', row.cells.join(' '));
	if (debit?.minor && credit?.minor) {
		return rowProblem(row.line, 'amount-twice', `${row.cells[columns.debit ?? 0]} ${row.cells[columns.credit ?? 0]}`);
	}
	if (one === credit) return { minor: credit.minor, currency: credit.currency };
	return { minor: debitsNegative ? one.minor : 0 - one.minor, currency: one.currency };
}

/** Text that may have several lines: outer blanks taken off, inner ones of each line kept to one. */
function longText(cell: string): string {
	return cell
		.replace(/^="(.*)"$/su, '$1')
		.split('\n')
		.map(bareCell)
		.join('\n')
		.trim();
}
