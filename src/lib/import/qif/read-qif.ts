import { fold } from '../../kinds/fold.ts';
import { ImportError } from '../import-error.ts';
import type { LedgerAccount, LedgerAccountType, LedgerContents } from '../ledger/ledger.ts';
import { noAccount } from '../ledger/ledger.ts';
import type { Limits } from '../limits.ts';
import { LIMITS } from '../limits.ts';
import { rowProblem } from '../row-problem.ts';
import { textHash } from '../text-hash.ts';
import { plainQifDates } from './qif-date.ts';
import type { QifRecord } from './qif-records.ts';
import { qifRecords } from './qif-records.ts';
import { readQifEntry } from './read-qif-entry.ts';

const TYPES: Readonly<Record<string, LedgerAccountType>> = {
	bank: 'current',
	cash: 'cash',
	ccard: 'other',
	otha: 'other',
	othl: 'loan'
};
const INVESTMENTS = /^(?:type:(?:invst|invest|401\(k\)|port))/;

/**
 * Reads a QIF file: the entries of every account in it, and what else it lists.
 * @param text the whole file, decoded
 * @throws ImportError `import/no-statement` where it has no account's entries and no investments,
 * `import/too-many-rows`
 */
export function readQif(text: string, limits: Limits = LIMITS): LedgerContents {
	const file = new QifFile();
	let count = 0;
	for (const record of qifRecords(text)) {
		if ((count += 1) > limits.rows) throw new ImportError('import/too-many-rows');
		file.take(record);
	}
	return file.contents();
}

class QifFile {
	readonly #accounts = new Map<string, LedgerAccount>();
	readonly #leftOut: LedgerContents['leftOut'] = [];
	/** Name that the last `!Account` record chose for the entries below it. */
	#name = '';

	take(record: QifRecord): void {
		const { section, line } = record;
		const type = TYPES[section.replace(/^type:/, '')];
		if (section === 'account') this.#name = record.fields.find(([code]) => code === 'N')?.[1] ?? '';
		else if (section.startsWith('type:') && type !== undefined) this.#takeEntry(record, section, type);
		else {
			const reason = INVESTMENTS.test(section) ? 'investment' : 'list';
			this.#leftOut.push({ line, reason, text: textOf(record) });
		}
	}

	contents(): LedgerContents {
		const accounts = [...this.#accounts.values()];
		if (accounts.length === 0 && !this.#leftOut.some(({ reason }) => reason === 'investment'))
			throw new ImportError('import/no-statement');
		const dated = accounts.flatMap(({ entries, opening }) => (opening === null ? entries : [opening, ...entries]));
		const dates = plainQifDates(dated.map(({ date }) => date));
		for (const [index, each] of dated.entries()) each.date = dates[index] ?? each.date;
		return { accounts, leftOut: this.#leftOut, problems: [] };
	}

	#takeEntry(record: QifRecord, section: string, type: LedgerAccountType): void {
		const entry = readQifEntry(record);
		const key = this.#name === '' ? `qif ${section}` : `qif ${textHash(fold(this.#name))}`;
		const account = this.#accounts.get(key) ?? { ...noAccount(key, type), name: this.#name };
		this.#accounts.set(key, account);
		// Quicken's first entry is the opening balance, as a transfer of the account to itself: it tells its name.
		const opens = /^opening balance$/i.test(entry.payee) && entry.transfer !== '';
		if (opens && account.entries.length === 0 && (account.name === '' || fold(account.name) === fold(entry.transfer))) {
			account.name = entry.transfer;
			account.opening = { amount: entry.amount, date: entry.date };
			account.leftOut.push({ line: record.line, reason: 'balance', text: textOf(record) });
		} else account.entries.push(entry);
	}
}

function textOf({ line, fields }: QifRecord): string {
	return rowProblem(line, 'date', fields.map(([, value]) => value).join(' ')).text;
}
