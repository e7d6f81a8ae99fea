import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { draftOf, type Draft } from '../../../src/lib/forms/draft.ts';
import { readDraft } from '../../../src/lib/forms/read-draft.ts';
import { RecordForm } from '../../../src/lib/forms/record-form.svelte.ts';
import { referrersOf } from '../../../src/lib/forms/referrers.ts';
import { kindOf, today, type Kind } from '../../../src/lib/kinds/index.ts';
import { vault } from '../../../src/lib/vault/vault.svelte.ts';

const metric = kindOf('body-metric') as Kind;
const medication = kindOf('medication') as Kind;

beforeEach(() => vault.belongTo('00000000-0000-4000-8000-0000000000aa'));
afterEach(() => vault.belongTo(null));

const pressure = (text: string, second: string): Draft => ({
	...draftOf(metric, {}, 'en', 'EUR'),
	metric: 'blood-pressure',
	measuredAt: '2026-03-10T08:00',
	value: { text, second, of: 'mm[Hg]' }
});
const read = (draft: Draft) => {
	const { values, problems } = readDraft(metric, draft, 'en');
	return [values.value, problems.map(({ field, code }) => `${field} ${code}`)];
};

test('two numbers are read together, and one of them alone is asked for', () => {
	expect(read(pressure('120', '80'))).toEqual([{ value: 120, second: 80, unit: 'mm[Hg]' }, []]);
	expect(read(pressure('120', ''))[1]).toEqual(['value pair']);
	expect(read(pressure('', '80'))[1]).toEqual(['value pair']);
	expect(read(pressure('', ''))[1]).toEqual(['value required']);
	expect(read(pressure('120', 'low'))[1]).toEqual(['value number']);
});

test('a measure comes back from a form as it went in, in every locale', () => {
	const number = fc.double({ min: 20, max: 300, noNaN: true }).map((value) => Math.round(value * 10) / 10);
	fc.assert(
		fc.property(number, number, fc.constantFrom('en', 'es', 'de', 'es-MX'), (value, second, locale) => {
			const values = {
				metric: 'blood-pressure',
				value: { value, second, unit: 'mm[Hg]' },
				measuredAt: '2026-03-10T08:00:00.000Z'
			};
			expect(readDraft(metric, draftOf(metric, values, locale, 'EUR'), locale)).toEqual({ values, problems: [] });
		})
	);
});

test('what a form does not ask for is not kept: a name goes when the metric has its own', () => {
	const draft = { ...pressure('120', '80'), name: 'Potassium' };
	expect(readDraft(metric, draft, 'en').values).not.toHaveProperty('name');
});

test('times and floating moments stay as they were typed, and a wrong one is told', () => {
	const values = { name: 'Pill', times: ['08:00', '20:30'], countedAt: '2026-03-29T02:30' };
	expect(readDraft(medication, draftOf(medication, values, 'es', 'EUR'), 'es')).toEqual({ values, problems: [] });
	const draft = { ...draftOf(medication, values, 'es', 'EUR'), times: ['08:00', ''] };
	expect(readDraft(medication, draft, 'es').problems).toEqual([{ field: 'times', code: 'times' }]);
});

test('a new record starts with what its address says besides what is likely', () => {
	const form = new RecordForm('home', metric, undefined, 'en', { preset: { metric: 'weight' } });
	expect(form.draft.metric).toBe('weight');
	expect(form.dirty).toBe(false);
});

test('a stock that is counted is counted now, unless the person says when', () => {
	const form = new RecordForm('home', medication, undefined, 'en');
	expect(form.draft.countedAt).toBe('');
	form.edited('name');
	expect(form.draft.countedAt).toBe('');
	form.edited('stock');
	expect(form.draft.countedAt).toContain(`${today()}T`);
	form.draft.countedAt = '2026-01-01T08:00';
	form.edited('stock');
	expect(form.draft.countedAt).toBe('2026-01-01T08:00');
});

test('what can refer to a condition is known from the kinds alone', () => {
	const names = referrersOf(kindOf('condition') as Kind, 'id').map(({ kind, key }) => `${kind.name}.${key}`);
	expect(names).toEqual([
		'medication.condition',
		'episode.condition',
		'medical-event.condition',
		'prescription.condition',
		'health-document.condition',
		'emergency-card.conditions'
	]);
	expect(referrersOf(kindOf('allergy') as Kind, 'id').map(({ key }) => key)).toEqual(['allergies']);
	expect(referrersOf(kindOf('expense') as Kind, 'id')).toEqual([]);
});
