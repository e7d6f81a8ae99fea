import { expenseCategories } from '../categories.ts';
import { defineKind } from '../define-kind.ts';

/** How much may be spent in a category, every month or in one. */
export const budget = defineKind({
	name: 'budget',
	domain: 'finances',
	version: 1,
	icon: 'target',
	one: { en: 'Budget', es: 'Presupuesto' },
	many: { en: 'Budgets', es: 'Presupuestos' },
	empty: {
		en: 'No budgets yet. Add how much you want to spend in a category, and see what is left of it.',
		es: 'Todavía no hay presupuestos. Añade cuánto quieres gastar en una categoría y verás cuánto queda.'
	},
	fields: {
		category: {
			type: 'choice',
			label: { en: 'Category', es: 'Categoría' },
			required: true,
			options: expenseCategories,
			open: true
		},
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true },
		period: {
			type: 'choice',
			label: { en: 'For', es: 'Para' },
			required: true,
			initially: 'every-month',
			options: [
				{ key: 'every-month', label: { en: 'Every month', es: 'Todos los meses' } },
				{ key: 'one-month', label: { en: 'One month', es: 'Un mes' } }
			]
		},
		month: {
			type: 'date',
			label: { en: 'Month', es: 'Mes' },
			hint: {
				en: 'Any day of it. In that month it stands in for the one of every month.',
				es: 'Cualquier día suyo. Ese mes sustituye al de todos los meses.'
			},
			required: true,
			wholeMonth: true,
			when: { field: 'period', is: ['one-month'] }
		}
	},
	title: ['category'],
	list: {
		columns: ['category', 'period', 'month', 'amount'],
		sort: { by: 'category' },
		filters: ['period', 'category'],
		card: { detail: ['period', 'month'], end: 'amount' }
	},
	search: ['category', 'amount', 'month'],
	sheet: { name: { en: 'Budgets', es: 'Presupuestos' }, columns: ['category', 'amount', 'period', 'month'] }
});
