import type { Domain, Kind } from './define-kind.ts';
import { account } from './finances/account.ts';
import { categoryRule } from './finances/category-rule.ts';
import { expense } from './finances/expense.ts';
import { income } from './finances/income.ts';
import { recurringPayment } from './finances/recurring-payment.ts';
import { transfer } from './finances/transfer.ts';

/** Every kind there is, in the order menus show them. Adding a kind is a file and a line here. */
export const kinds: readonly Kind[] = [expense, income, transfer, account, recurringPayment, categoryRule];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind of that name; undefined for one this version does not know, whose records are kept untouched. */
export function kindOf(name: string): Kind | undefined {
	return byName.get(name);
}

/** The kinds of a domain, in the order menus show them. */
export function kindsOf(domain: Domain): readonly Kind[] {
	return kinds.filter((kind) => kind.domain === domain);
}
