import { expenseCategories } from '../categories.ts';
import { defineKind } from '../define-kind.ts';

const category = { en: 'Category', es: 'Categoría' };
const uncategorised = { en: 'Uncategorised', es: 'Sin categoría' };

/** Money that went out. Without a category it is listed for review. */
export const expense = defineKind({
	name: 'expense',
	domain: 'finances',
	version: 1,
	icon: 'receipt',
	one: { en: 'Expense', es: 'Gasto' },
	many: { en: 'Expenses', es: 'Gastos' },
	imported: true,
	empty: {
		en: 'No expenses yet. Add what you paid last, or import a bank statement and have them all at once.',
		es: 'Todavía no hay gastos. Añade lo último que pagaste o importa un extracto del banco y tenlos todos de una vez.'
	},
	fields: {
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true, initially: 'today' },
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true, currencyOf: 'account' },
		payee: { type: 'text', label: { en: 'Payee', es: 'Beneficiario' }, suggest: true },
		category: {
			type: 'choice',
			label: category,
			options: expenseCategories,
			open: true,
			blank: uncategorised,
			ofParts: true
		},
		account: { type: 'reference', label: { en: 'Account', es: 'Cuenta' }, to: ['account'], initially: 'only' },
		card: { type: 'reference', label: { en: 'Card', es: 'Tarjeta' }, to: ['card'] },
		splits: {
			type: 'rows',
			label: { en: 'Split', es: 'Reparto' },
			hint: {
				en: 'Parts with a category each; together they make the amount.',
				es: 'Partes con su categoría; juntas suman el importe.'
			},
			of: {
				amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true, currencyOf: 'amount' },
				category: { type: 'choice', label: category, required: true, options: expenseCategories, open: true }
			},
			addUp: { part: 'amount', whole: 'amount' }
		},
		tags: { type: 'tags', label: { en: 'Tags', es: 'Etiquetas' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['payee', 'notes', 'category'],
	list: {
		columns: ['date', 'payee', 'category', 'account', 'amount'],
		sort: { by: 'date', descending: true },
		filters: ['category', 'account', 'date'],
		sum: 'amount',
		card: { detail: ['date', 'category'], end: 'amount' }
	},
	search: ['payee', 'category', 'splits', 'tags', 'notes', 'amount', 'date', 'account', 'card'],
	sheet: {
		name: { en: 'Expenses', es: 'Gastos' },
		dated: 'date',
		columns: ['date', 'amount', 'category', 'splits', 'payee', 'account', 'card', 'tags', 'notes']
	}
});
