import type { LedgerEntry } from '../ledger/ledger.ts';
import { readQifCategory } from './qif-category.ts';
import type { QifRecord } from './qif-records.ts';

/** Reads a record below `!Type:Bank` and its like (Quicken's description of QIF). It has no ids of a bank. */
export function readQifEntry({ line, fields }: QifRecord): LedgerEntry {
	const first = (code: string) => fields.find(([each]) => each === code)?.[1] ?? '';
	const { category, transfer, tags } = readQifCategory(first('L'));
	const number = first('N').replace(/^0+(?=\d)/, '');
	const notes = [first('M'), /^\d+$/.test(number) ? `#${number}` : ''].filter((each) => each !== '');
	return {
		line,
		date: first('D'),
		// U is the same once more, for amounts that were too large for T.
		amount: first('T') || first('U'),
		direction: null,
		currency: '',
		payee: first('P'),
		notes: notes.join(' · '),
		bankId: '',
		category,
		tags,
		parts: partsOf(fields),
		transfer
	};
}

/** Each `S` begins a part; `E` and `$` are of the part before them. Shares in percent have amounts as well. */
function partsOf(fields: QifRecord['fields']): LedgerEntry['parts'] {
	const parts: LedgerEntry['parts'] = [];
	for (const [code, value] of fields) {
		const part = parts.at(-1);
		if (code === 'S') {
			const { category, transfer } = readQifCategory(value);
			parts.push({ category: transfer === '' ? category : `[${transfer}]`, notes: '', amount: '' });
		} else if (part !== undefined && code === 'E') part.notes = value;
		else if (part !== undefined && code === '$') part.amount = value;
	}
	return parts;
}
