import { bodyOf } from '../kinds/body-of.ts';
import { categoryFrom, expenseCategories, incomeCategories } from '../kinds/categories.ts';
import type { CategoryRule } from '../kinds/finances/apply-category-rules.ts';
import { applyCategoryRules } from '../kinds/finances/apply-category-rules.ts';
import { expense } from '../kinds/finances/expense.ts';
import { income } from '../kinds/finances/income.ts';
import { transfer } from '../kinds/finances/transfer.ts';
import type { Option } from '../kinds/field.ts';
import type { ImportSource, RecordBody } from '../kinds/record-body.ts';
import type { JudgedMovement } from './find-duplicates.ts';
import type { Format } from './movement.ts';

/** One import of one file. */
export interface ImportRun {
	/** UUID; the records of a run are found by it. */
	id: string;
	/** RFC 3339 UTC. */
	at: string;
	format: Format;
	/** Name of the file. */
	name: string;
	/** The bank of an account, by the account's record id, where it names one. */
	banks: ReadonlyMap<string, string>;
}

/**
 * The body of a movement's record: money out is an expense, money in an income, the amount above zero in either; a
 * transfer to or from an account of one's own is a transfer. Where it came from stands inside, so that it is sealed with
 * the rest.
 * @param rules give it a category where one fits and the file itself says none
 */
export function buildRecord(judged: JudgedMovement, run: ImportRun, rules: readonly CategoryRule[]): RecordBody {
	const { movement, print, account, other } = judged;
	const { line, date, money, payee, notes, bankId, tags } = movement;
	const source: ImportSource = { import: run.id, format: run.format, name: run.name, line, print };
	const bank = run.banks.get(account);
	if (bank !== undefined) source.bank = bank;
	if (bankId !== '') source.id = bankId;
	if (other !== undefined) return bodyOf(transfer, transferValues(judged, other), run.at, undefined, source);
	const isOut = money.minor < 0;
	const amount = { minor: Math.abs(money.minor), currency: money.currency };
	const options = isOut ? expenseCategories : incomeCategories;
	const own = movement.category === undefined ? undefined : categoryOf(movement.category, options);
	// No account of one's own has the name that the file gives: it is kept where a person reads it.
	const remarks = [notes, movement.transfer === undefined ? '' : `[${movement.transfer}]`].filter(
		(each) => each !== ''
	);
	const splits = movement.parts?.map((part) => {
		const partAmount = { minor: Math.abs(part.minor), currency: money.currency };
		return { amount: partAmount, category: categoryOf(part.category, options) };
	});
	const who = isOut ? 'payee' : 'payer';
	const values = { date, amount, [who]: payee, category: own, account, splits, tags, notes: remarks.join(' · ') };
	const body = bodyOf(isOut ? expense : income, values, run.at, undefined, source);
	const category = applyCategoryRules(body, rules);
	return category === null ? body : { ...body, values: { ...body.values, category } };
}

/** Both accounts, and what arrived where the file says that it was in another currency. */
function transferValues({ movement, account, otherMoney }: JudgedMovement, other: string): Record<string, unknown> {
	const { date, money, payee, notes } = movement;
	const amount = { minor: Math.abs(money.minor), currency: money.currency };
	const [from, to] = money.minor < 0 ? [account, other] : [other, account];
	const texts = [payee, notes].filter((each) => each !== '');
	return { date, amount, from, to, arrived: otherMoney, notes: texts.join(' · ') };
}

/** `Food:Groceries` is the category its last part names, where that is one of ours; else the words as they stand. */
function categoryOf(text: string, options: readonly Option[]): string {
	const whole = categoryFrom(text, options) ?? text;
	const last = text.slice(text.lastIndexOf(':') + 1).trim();
	const inner = last === '' ? null : categoryFrom(last, options);
	const isOurs = options.some(({ key }) => key === inner);
	return whole === text.trim().replace(/\s+/g, ' ') && isOurs && inner !== null ? inner : whole;
}
