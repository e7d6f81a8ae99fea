import type { LedgerEntry } from '../ledger/ledger.ts';
import type { LeftOut } from '../read-rows.ts';
import { rowProblem } from '../row-problem.ts';
import type { Aggregate } from './aggregate-stack.ts';
import { directionOfType } from './ofx-names.ts';

/**
 * A `STMTTRN` as an entry (OFX 2.2, section 11.4.4), or why it is none. The booking day is meant, in the statement's
 * own zone: the digits before the time are the day that the bank prints.
 */
export function readEntry({ line, values }: Aggregate): LedgerEntry | LeftOut {
	const value = (name: string) => (values.get(name) ?? '').replace(/\s+/g, ' ');
	const date = ofxDate(value('DTPOSTED')) || ofxDate(value('DTUSER'));
	const payee = value('NAME') || value('PAYEE.NAME');
	const memo = value('MEMO');
	const amount = value('TRNAMT');
	const text = rowProblem(line, 'date', [date, amount, payee, memo].join(' ')).text;
	if (value('CORRECTFITID') !== '') return { line, reason: 'correction', text };
	if (value('TRNTYPE').toUpperCase() === 'HOLD') return { line, reason: 'not-booked', text };
	const check = value('CHECKNUM').replace(/^0+/, '');
	const notes = [memo === payee ? '' : memo, check === '' ? '' : `#${check}`].filter((each) => each !== '');
	return {
		line,
		date,
		amount,
		direction: directionOfType(value('TRNTYPE')),
		// CURRENCY: the amount is in it. ORIGCURRENCY: it was, and has been converted; the amount is the account's.
		currency: value('CURRENCY.CURSYM').toUpperCase(),
		payee,
		notes: notes.join(' · '),
		bankId: value('FITID').replace(/^0+$/, ''),
		category: '',
		tags: [],
		parts: [],
		transfer: ''
	};
}

/** `20240131120000.000[-5:EST]` as `2024-01-31`; zeros alone are no date; anything else as it stands. */
export function ofxDate(text: string): string {
	if (/^0*$/.test(text)) return '';
	const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2,6}(?:\.\d*)?)?\s*(?:\[[^\]]*\]?)?$/.exec(text);
	return match === null ? text : `${match[1]}-${match[2]}-${match[3]}`;
}
