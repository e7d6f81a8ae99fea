import { ImportError } from '../import-error.ts';
import type { Limits } from '../limits.ts';
import { LIMITS } from '../limits.ts';
import type { LedgerAccount, LedgerContents } from '../ledger/ledger.ts';
import { noAccount } from '../ledger/ledger.ts';
import { rowProblem } from '../row-problem.ts';
import type { Aggregate } from './aggregate-stack.ts';
import { AggregateStack } from './aggregate-stack.ts';
import { INVESTMENT_ENTRIES } from './ofx-names.ts';
import { noteAccount } from './read-account.ts';
import { ofxDate, readEntry } from './read-entry.ts';
import { scanTags } from './scan-tags.ts';

/** Statements in one file: far more than a family's accounts times the months of ten years. */
const MOST_STATEMENTS = 10_000;

/**
 * Reads OFX and QFX, 1.x (SGML) and 2.x (XML): every account's entries, and how many others there are.
 * @param text the whole file, decoded
 * @throws ImportError `import/no-statement` where it has no statement, `import/too-many-rows`
 */
export function readOfx(text: string, limits: Limits = LIMITS): LedgerContents {
	const file = new OfxFile(limits);
	const stack: AggregateStack = new AggregateStack(
		(name) => INVESTMENT_ENTRIES.has(name) && (stack.isOpen('INVTRANLIST') || stack.isOpen('INVPOSLIST')),
		(aggregate) => file.take(aggregate)
	);
	for (const tag of scanTags(text)) stack.take(tag);
	stack.end();
	return { accounts: file.accounts(), leftOut: [], problems: [] };
}

class OfxFile {
	readonly #limits: Limits;
	readonly #accounts: LedgerAccount[] = [];
	#open: LedgerAccount | null = null;
	#org = '';
	#count = 0;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	/** Takes an aggregate that has ended; a statement's own ends last. */
	take(aggregate: Aggregate): void {
		const { name, line, values } = aggregate;
		switch (name) {
			case 'FI':
				this.#org = values.get('ORG') ?? '';
				return;
			case 'STMTTRN': {
				const entry = readEntry(aggregate);
				const account = this.#counted();
				if ('reason' in entry) account.leftOut.push(entry);
				else account.entries.push(entry);
				return;
			}
			case 'STMTTRNP':
				this.#counted().leftOut.push({ line, reason: 'not-booked', text: textOf(aggregate) });
				return;
			case 'BANKACCTFROM':
			case 'CCACCTFROM':
			case 'INVACCTFROM':
			case 'LEDGERBAL':
				noteAccount(this.#account(), aggregate, this.#org);
				return;
			case 'STMTRS':
			case 'CCSTMTRS':
			case 'INVSTMTRS':
				noteAccount(this.#account(), aggregate, this.#org);
				this.#open = null;
				return;
		}
		if (INVESTMENT_ENTRIES.has(name) || name === 'LOANSTMTTRN')
			this.#counted().leftOut.push({ line, reason: 'investment', text: textOf(aggregate) });
	}

	/** The accounts, each once: several statements of one are one. */
	accounts(): LedgerAccount[] {
		if (this.#accounts.length === 0) throw new ImportError('import/no-statement');
		const byKey = new Map<string, LedgerAccount>();
		for (const account of this.#accounts) {
			const known = byKey.get(account.key);
			if (known === undefined) byKey.set(account.key, account);
			else {
				for (const entry of account.entries) known.entries.push(entry);
				for (const entry of account.leftOut) known.leftOut.push(entry);
				known.currency ??= account.currency;
				if (dayOf(account) >= dayOf(known)) known.balance = account.balance ?? known.balance;
			}
		}
		return [...byKey.values()];
	}

	#account(): LedgerAccount {
		if (this.#open === null) {
			this.#open = noAccount('ofx', 'current');
			if (this.#accounts.push(this.#open) > MOST_STATEMENTS) throw new ImportError('import/too-many-rows');
		}
		return this.#open;
	}

	#counted(): LedgerAccount {
		this.#count += 1;
		if (this.#count > this.#limits.rows) throw new ImportError('import/too-many-rows');
		return this.#account();
	}
}

function dayOf({ balance }: LedgerAccount): string {
	return balance === null ? '' : ofxDate(balance.date);
}

function textOf({ name, line, values }: Aggregate): string {
	const value = (key: string) => [...values].find(([each]) => each === key || each.endsWith(`.${key}`))?.[1] ?? '';
	const day = ofxDate(value('DTTRADE') || value('DTPOSTED'));
	const amount = value('TOTAL') || value('TRNAMT') || value('MKTVAL');
	return rowProblem(line, 'date', [name, day, value('NAME') || value('MEMO'), amount].join(' ')).text;
}
