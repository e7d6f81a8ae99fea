import { incomeCategories } from '../categories.ts';
import { defineKind } from '../define-kind.ts';

/** Money that came in. */
export const income = defineKind({
	name: 'income',
	domain: 'finances',
	version: 1,
	icon: 'hand-coins',
	one: { en: 'Income', es: 'Ingreso' },
	many: { en: 'Incomes', es: 'Ingresos' },
	imported: true,
	empty: {
		en: 'No incomes yet. Add your last pay, or import a bank statement.',
		es: 'Todavía no hay ingresos. Añade tu última nómina o importa un extracto del banco.'
	},
	fields: {
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true, initially: 'today' },
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true, currencyOf: 'account' },
		payer: { type: 'text', label: { en: 'Payer', es: 'Pagador' }, suggest: true },
		category: {
			type: 'choice',
			label: { en: 'Category', es: 'Categoría' },
			options: incomeCategories,
			open: true,
			blank: { en: 'Uncategorised', es: 'Sin categoría' }
		},
		account: { type: 'reference', label: { en: 'Account', es: 'Cuenta' }, to: ['account'], initially: 'only' },
		tags: { type: 'tags', label: { en: 'Tags', es: 'Etiquetas' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['payer', 'notes', 'category'],
	list: {
		columns: ['date', 'payer', 'category', 'account', 'amount'],
		sort: { by: 'date', descending: true },
		filters: ['category', 'account', 'date'],
		sum: 'amount',
		card: { detail: ['date', 'category'], end: 'amount' }
	},
	search: ['payer', 'category', 'tags', 'notes', 'amount', 'date', 'account'],
	sheet: {
		name: { en: 'Incomes', es: 'Ingresos' },
		dated: 'date',
		columns: ['date', 'amount', 'category', 'payer', 'account', 'tags', 'notes']
	}
});
