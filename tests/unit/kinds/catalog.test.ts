import { expect, test } from 'vitest';
import { checkBody, kindOf, kinds, kindsOf, tierOf, type Domain, type Kind } from '../../../src/lib/kinds/index.ts';
import { body } from './a-body.ts';

/** By domain and kind what must be filled in, and behind a `*` what identifies somebody or could be abused. */
const catalog: Partial<Record<Domain, Record<string, string>>> = {
	health: {
		condition: 'name status',
		episode: 'condition started',
		prescription: 'issuedOn prescriber',
		medication: 'name',
		'body-metric': 'metric name value measuredAt',
		'medical-event': 'type date',
		allergy: 'substance',
		'medication-intake': 'medication plannedAt status',
		'emergency-card': '',
		'health-document': 'title type'
	},
	finances: {
		account: 'name type currency *number',
		card: 'name type *lastFour',
		'recurring-payment': 'name amount schedule',
		obligation: 'name type outstanding',
		asset: 'name type value',
		'savings-goal': 'name target',
		investment: 'instrument quantity',
		transfer: 'date amount from to',
		expense: 'date amount',
		income: 'date amount',
		budget: 'category amount period month',
		'category-rule': 'when category',
		'exchange-rate': 'from to rate on',
		'financial-document': 'title'
	},
	administration: {
		'identity-document': 'type expires *number',
		contract: 'name party',
		'insurance-policy': 'insurer type ends *number',
		warranty: 'item ends',
		'vehicle-paper': 'title expires *reference',
		'property-paper': 'title expires *reference',
		'tax-filing': 'title expires *reference',
		task: 'title',
		contact: 'name'
	}
};

const rows = Object.entries(catalog).flatMap(([domain, of]) =>
	Object.entries(of).map(([name, fields]) => [domain as Domain, name, fields] as const)
);

test('every kind there is stands in the catalog, once and in its domain', () => {
	const own = kinds.filter(({ anywhere }) => !anywhere);
	expect(own.map(({ domain, name }) => `${domain}/${name}`).sort()).toEqual(
		rows.map(([domain, name]) => `${domain}/${name}`).sort()
	);
	expect(kindsOf('administration').map(({ name }) => name)).toContain('note');
	expect(kindOf('spell')).toBeUndefined();
});

test.each(rows)('in %s, %s asks for and keeps back what it should: %s', (_, name, fields) => {
	const all = Object.entries((kindOf(name) as Kind).fields);
	const required = all.flatMap(([key, field]) => (field.required ? [key] : []));
	const highly = all.flatMap(([key, field]) => (tierOf(field) === 'highly sensitive' ? [`*${key}`] : []));
	expect([...required, ...highly].sort()).toEqual(fields.split(' ').filter(Boolean).sort());
});

test('what identifies somebody is neither searched, listed, nor a record’s name', () => {
	for (const { name, fields, search, list, title } of kinds) {
		const shown = [
			...search,
			...list.columns,
			...list.filters,
			...list.card.detail,
			list.card.end ?? '',
			...title.flat()
		];
		const highly = Object.entries(fields).flatMap(([key, field]) => (field.tier === 'highly sensitive' ? [key] : []));
		expect([name, highly.filter((key) => shown.includes(key))]).toEqual([name, []]);
	}
});

test('the month of a budget is asked for only where it is for one month', () => {
	const amount = { minor: 10_000, currency: 'EUR' };
	const every = { category: 'pets', amount, period: 'every-month' };
	expect(checkBody(body('budget', every)).problems).toEqual([]);
	expect(checkBody(body('budget', { ...every, period: 'one-month' })).problems).toEqual([
		{ field: 'month', code: 'required' }
	]);
	expect(checkBody(body('budget', { ...every, period: 'one-month', month: '2026-03-09' })).ok).toBe(true);
});
