import { defineKind } from '../define-kind.ts';
import { earlierValues } from './earlier-values.ts';

/** Something that is saved for. Where it names an account, what is saved lies there and is counted with it alone. */
export const savingsGoal = defineKind({
	name: 'savings-goal',
	domain: 'finances',
	version: 1,
	icon: 'piggy-bank',
	one: { en: 'Savings goal', es: 'Objetivo de ahorro' },
	many: { en: 'Savings goals', es: 'Objetivos de ahorro' },
	empty: {
		en: 'No savings goals yet. Add what you save for and how much it takes.',
		es: 'Todavía no hay objetivos de ahorro. Añade para qué ahorras y cuánto hace falta.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		target: { type: 'money', label: { en: 'Target', es: 'Meta' }, required: true, currencyOf: 'account' },
		account: {
			type: 'reference',
			label: { en: 'Account', es: 'Cuenta' },
			hint: {
				en: 'Where the money lies. It then counts in your net worth with the account, not once more here.',
				es: 'Donde está el dinero. Entonces cuenta en tu patrimonio con la cuenta, y no otra vez aquí.'
			},
			to: ['account']
		},
		saved: { type: 'money', label: { en: 'Saved', es: 'Ahorrado' }, currencyOf: 'target' },
		savedOn: {
			type: 'date',
			label: { en: 'Saved as of', es: 'Ahorrado a fecha de' },
			initially: 'today',
			stampOf: ['saved']
		},
		earlier: earlierValues('saved', 'savedOn'),
		deadline: { type: 'date', label: { en: 'Deadline', es: 'Fecha límite' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'deadline', 'account', 'saved', 'target'],
		sort: { by: 'deadline' },
		filters: ['account', 'deadline'],
		card: { detail: ['saved', 'deadline'], end: 'target' }
	},
	search: ['name', 'account', 'target'],
	sheet: {
		name: { en: 'Savings', es: 'Ahorro' },
		columns: ['name', 'target', 'saved', 'savedOn', 'account', 'deadline']
	}
});
