import { expenseCategories } from '../categories.ts';
import { defineKind } from '../define-kind.ts';
import { yesOrNo } from '../field.ts';

/** A payment that comes back: rent, a subscription, a premium. */
export const recurringPayment = defineKind({
	name: 'recurring-payment',
	domain: 'finances',
	version: 1,
	icon: 'repeat',
	one: { en: 'Recurring payment', es: 'Pago periódico' },
	many: { en: 'Recurring payments', es: 'Pagos periódicos' },
	empty: {
		en: 'No recurring payments yet. Add the rent or a subscription, and see what is due before it is.',
		es: 'Todavía no hay pagos periódicos. Añade el alquiler o una suscripción y verás lo que vence antes de que venza.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true, currencyOf: 'account' },
		schedule: {
			type: 'schedule',
			label: { en: 'Repeats', es: 'Se repite' },
			required: true,
			start: 'next',
			initially: 'FREQ=MONTHLY'
		},
		next: { type: 'date', label: { en: 'Next date', es: 'Próxima fecha' }, initially: 'today' },
		payee: { type: 'text', label: { en: 'Payee', es: 'Beneficiario' }, suggest: true },
		category: {
			type: 'choice',
			label: { en: 'Category', es: 'Categoría' },
			options: expenseCategories,
			open: true
		},
		account: { type: 'reference', label: { en: 'Account', es: 'Cuenta' }, to: ['account'], initially: 'only' },
		card: { type: 'reference', label: { en: 'Card', es: 'Tarjeta' }, to: ['card'] },
		autopay: { type: 'choice', label: { en: 'Paid automatically', es: 'Domiciliado' }, options: yesOrNo },
		ends: { type: 'date', label: { en: 'Ends', es: 'Termina' }, notBefore: 'next' },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'schedule', 'next', 'category', 'account', 'amount'],
		sort: { by: 'next' },
		filters: ['category', 'account', 'autopay'],
		card: { detail: ['schedule', 'next'], end: 'amount' }
	},
	search: ['name', 'payee', 'category', 'notes', 'amount', 'account'],
	sheet: {
		name: { en: 'Recurring payments', es: 'Pagos periódicos' },
		columns: ['name', 'amount', 'schedule', 'next', 'payee', 'category', 'account', 'card', 'autopay', 'ends', 'notes']
	},
	reminders: [
		{
			day: { next: 'next', schedule: 'schedule', ends: 'ends' },
			coming: { en: 'Due', es: 'Vence' },
			passed: { en: 'Overdue', es: 'Vencido' },
			ahead: 30,
			amount: 'amount',
			automatic: { field: 'autopay', is: ['yes'] },
			done: { label: { en: 'Paid', es: 'Pagado' }, moves: 'next' }
		}
	]
});
