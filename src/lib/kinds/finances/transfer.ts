import { defineKind } from '../define-kind.ts';

/** Money moved between two accounts of one's own: neither an expense nor an income. */
export const transfer = defineKind({
	name: 'transfer',
	domain: 'finances',
	version: 1,
	icon: 'arrow-left-right',
	one: { en: 'Transfer', es: 'Traspaso' },
	many: { en: 'Transfers', es: 'Traspasos' },
	empty: {
		en: 'No transfers yet. Add one when you move money between your own accounts, so that it counts as neither expense nor income.',
		es: 'Todavía no hay traspasos. Añade uno cuando muevas dinero entre tus cuentas, para que no cuente como gasto ni ingreso.'
	},
	fields: {
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true, initially: 'today' },
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' }, required: true, currencyOf: 'from' },
		from: {
			type: 'reference',
			label: { en: 'From account', es: 'Cuenta de origen' },
			required: true,
			to: ['account']
		},
		to: {
			type: 'reference',
			label: { en: 'To account', es: 'Cuenta de destino' },
			required: true,
			to: ['account'],
			differsFrom: 'from'
		},
		arrived: {
			type: 'money',
			label: { en: 'Amount arrived', es: 'Importe recibido' },
			hint: {
				en: 'Only when it arrived in another currency or less of it arrived.',
				es: 'Solo si llegó en otra moneda o llegó menos.'
			},
			currencyOf: 'to'
		},
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: [['from', 'to'], 'notes'],
	list: {
		columns: ['date', 'from', 'to', 'amount', 'arrived', 'notes'],
		sort: { by: 'date', descending: true },
		filters: ['from', 'to', 'date'],
		card: { detail: ['date', 'notes'], end: 'amount' }
	},
	search: ['from', 'to', 'notes', 'amount', 'arrived', 'date'],
	sheet: {
		name: { en: 'Transfers', es: 'Traspasos' },
		dated: 'date',
		columns: ['date', 'amount', 'from', 'to', 'arrived', 'notes']
	}
});
