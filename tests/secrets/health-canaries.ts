import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Secret } from './spellings.ts';

/** One record as a person types it: what is in each field is nowhere else. */
export interface CanaryRecord {
	/** Where its blank form is, under the entity's health. */
	kind: string;
	/** By the field's label. */
	texts: Record<string, string>;
	choices?: Record<string, { label: string }>;
	/** By the field's label: day, month and year. */
	dates?: Record<string, { typed: string; kept: string }>;
}

const word = (): string => randomBytes(5).toString('hex');
const text = (about: string): string => `${about} ñ ${word()}`;
const number = (): string => `1${randomBytes(2).readUInt16BE()}.0${randomBytes(2).readUInt16BE()}7`;

/** A record of each of some kinds, with something of its own in every field that a person may type in. */
export function canaryRecords(): CanaryRecord[] {
	const texts = (...labels: string[]) => Object.fromEntries(labels.map((label) => [label, text(label)]));
	return [
		{
			kind: 'condition',
			texts: texts('Name', 'Code', 'Doctor or centre', 'Notes'),
			choices: { Status: { label: 'In remission' }, Severity: { label: 'Severe' } },
			dates: { Since: { typed: '17031931', kept: '1931-03-17' } }
		},
		{ kind: 'allergy', texts: texts('Substance', 'Reaction', 'Notes') },
		{
			kind: 'body-metric',
			texts: { ...texts('Name', 'Notes'), Value: number() },
			choices: { 'What is measured': { label: 'Other' } }
		},
		{ kind: 'note', texts: texts('Title', 'Text') }
	];
}

/** What must not be found of these records: each field as the record keeps it. */
export function canariesOf(records: readonly CanaryRecord[]): Secret[] {
	return records.flatMap(({ kind, texts, dates = {} }) => [
		...Object.entries(texts).map(([label, value]) => ({ name: `${label} of ${kind}`, value })),
		...Object.entries(dates).map(([label, { kept }]) => ({ name: `${label} of ${kind}`, value: kept }))
	]);
}

/** Types a record into its form, which is open, and saves it. */
export async function fillIn(page: Page, { texts, choices = {}, dates = {} }: CanaryRecord): Promise<void> {
	const form = page.getByRole('main');
	for (const [label, choice] of Object.entries(choices)) await form.getByLabel(startsWith(label)).selectOption(choice);
	for (const [label, value] of Object.entries(texts)) {
		const field = form.getByRole('textbox', { name: startsWith(label) });
		await field.or(form.getByRole('combobox', { name: startsWith(label) })).fill(value);
	}
	for (const [label, { typed }] of Object.entries(dates)) {
		await form
			.getByRole('group', { name: startsWith(label) })
			.getByRole('spinbutton')
			.first()
			.click();
		await page.keyboard.type(typed);
	}
	await form.getByRole('button', { name: 'Save', exact: true }).click();
}

const startsWith = (label: string): RegExp => new RegExp(`^${label}`);
