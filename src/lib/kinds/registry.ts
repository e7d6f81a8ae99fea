import type { Domain, Kind } from './define-kind.ts';
import { account } from './finances/account.ts';
import { categoryRule } from './finances/category-rule.ts';
import { expense } from './finances/expense.ts';
import { income } from './finances/income.ts';
import { recurringPayment } from './finances/recurring-payment.ts';
import { transfer } from './finances/transfer.ts';
import { allergy } from './health/allergy.ts';
import { bodyMetric } from './health/body-metric.ts';
import { condition } from './health/condition.ts';
import { emergencyCard } from './health/emergency-card.ts';
import { episode } from './health/episode.ts';
import { medicalEvent } from './health/medical-event.ts';
import { medicationIntake } from './health/medication-intake.ts';
import { medication } from './health/medication.ts';
import { prescription } from './health/prescription.ts';
import { note } from './note.ts';

/** Every kind there is, in the order menus show them. Adding a kind is a file and a line here. */
export const kinds: readonly Kind[] = [
	...[bodyMetric, medication, condition, episode, medicalEvent, allergy, prescription, medicationIntake, emergencyCard],
	...[expense, income, transfer, account, recurringPayment, categoryRule],
	note
];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));
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
