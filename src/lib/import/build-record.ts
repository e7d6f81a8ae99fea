import { bodyOf } from '../kinds/body-of.ts';
import type { CategoryRule } from '../kinds/finances/apply-category-rules.ts';
import { applyCategoryRules } from '../kinds/finances/apply-category-rules.ts';
import { expense } from '../kinds/finances/expense.ts';
import { income } from '../kinds/finances/income.ts';
import type { ImportSource, RecordBody } from '../kinds/record-body.ts';
import type { JudgedMovement } from './find-duplicates.ts';

/** One import of one file. */
export interface ImportRun {
	/** UUID; the records of a run are found by it. */
	id: string;
	/** RFC 3339 UTC. */
	at: string;
	/** Record id of the account. */
	account: string;
	/** Name of the file. */
	name: string;
	/** The bank, where the account names one. */
	bank?: string;
}

/**
 * The body of a movement's record: money out is an expense, money in an income, the amount above zero in either.
 * Where it came from stands inside, so that it is sealed with the rest.
 * @param rules give it a category where one fits
 */
export function buildRecord(
	{ movement, print }: JudgedMovement,
	run: ImportRun,
	rules: readonly CategoryRule[]
): RecordBody {
	const { line, date, money, payee, notes, bankId } = movement;
	const source: ImportSource = { import: run.id, format: 'csv', name: run.name, line, print };
	if (run.bank !== undefined) source.bank = run.bank;
	if (bankId !== '') source.id = bankId;
	const kind = money.minor < 0 ? expense : income;
	const who = money.minor < 0 ? 'payee' : 'payer';
	const amount = { minor: Math.abs(money.minor), currency: money.currency };
	const values = { date, amount, [who]: payee, account: run.account, notes };
	const body = bodyOf(kind, values, run.at, undefined, source);
	const category = applyCategoryRules(body, rules);
	return category === null ? body : bodyOf(kind, { ...values, category }, run.at, undefined, source);
}
