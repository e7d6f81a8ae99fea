import type { Domain, Kind } from './define-kind.ts';
import { contact } from './administration/contact.ts';
import { contract } from './administration/contract.ts';
import { identityDocument } from './administration/identity-document.ts';
import { insurancePolicy } from './administration/insurance-policy.ts';
import { propertyPaper } from './administration/property-paper.ts';
import { task } from './administration/task.ts';
import { taxFiling } from './administration/tax-filing.ts';
import { vehiclePaper } from './administration/vehicle-paper.ts';
import { warranty } from './administration/warranty.ts';
import { file } from './file.ts';
import { account } from './finances/account.ts';
import { asset } from './finances/asset.ts';
import { budget } from './finances/budget.ts';
import { card } from './finances/card.ts';
import { categoryRule } from './finances/category-rule.ts';
import { exchangeRate } from './finances/exchange-rate.ts';
import { expense } from './finances/expense.ts';
import { financialDocument } from './finances/financial-document.ts';
import { income } from './finances/income.ts';
import { investment } from './finances/investment.ts';
import { obligation } from './finances/obligation.ts';
import { recurringPayment } from './finances/recurring-payment.ts';
import { savingsGoal } from './finances/savings-goal.ts';
import { transfer } from './finances/transfer.ts';
import { allergy } from './health/allergy.ts';
import { bodyMetric } from './health/body-metric.ts';
import { condition } from './health/condition.ts';
import { emergencyCard } from './health/emergency-card.ts';
import { episode } from './health/episode.ts';
import { healthDocument } from './health/health-document.ts';
import { medicalEvent } from './health/medical-event.ts';
import { medicationIntake } from './health/medication-intake.ts';
import { medication } from './health/medication.ts';
import { prescription } from './health/prescription.ts';
import { note } from './note.ts';

/** Every kind there is, in the order menus show them. Adding a kind is a file and a line here. */
export const kinds: readonly Kind[] = [
	...[bodyMetric, medication, condition, episode, medicalEvent, allergy, prescription, medicationIntake],
	...[healthDocument, emergencyCard],
	...[expense, income, transfer, account, card, recurringPayment, budget, savingsGoal, asset, investment, obligation],
	...[financialDocument, exchangeRate, categoryRule],
	...[task, identityDocument, contract, insurancePolicy, warranty, vehiclePaper, propertyPaper, taxFiling, contact],
	note
];

/** Kinds that no menu shows, for no person adds one by itself. */
const unlisted: readonly Kind[] = [file];
const byName = new Map([...kinds, ...unlisted].map((kind) => [kind.name, kind]));
const byDomain = new Map<string, readonly Kind[]>();

/** The kind of that name; undefined for one this version does not know, whose records are kept untouched. */
export function kindOf(name: string): Kind | undefined {
	return byName.get(name);
}

/** The kinds of a domain, in the order menus show them: its own, and where it has any those that may be anywhere. */
export function kindsOf(domain: Domain): readonly Kind[] {
	let found = byDomain.get(domain);
	if (found === undefined) {
		const own = kinds.some((kind) => kind.domain === domain && !kind.anywhere);
		const here = own ? kinds.filter((kind) => kind.domain === domain || kind.anywhere) : [];
		found = here.map((kind) => (kind.domain === domain ? kind : { ...kind, domain }));
		byDomain.set(domain, found);
	}
	return found;
}

/** The kind of that name as a domain has it; undefined where it is not kept there. */
export function kindIn(domain: string, name: string): Kind | undefined {
	return kindsOf(domain as Domain).find((kind) => kind.name === name);
}
