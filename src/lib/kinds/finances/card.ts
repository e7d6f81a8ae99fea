import { defineKind } from '../define-kind.ts';

/** A card to pay with. */
export const card = defineKind({
	name: 'card',
	domain: 'finances',
	version: 1,
	icon: 'credit-card',
	one: { en: 'Card', es: 'Tarjeta' },
	many: { en: 'Cards', es: 'Tarjetas' },
	empty: {
		en: 'No cards yet. Add the one you pay with most, and hear of it before it expires or is to be paid.',
		es: 'Todavía no hay tarjetas. Añade la que más usas y sabrás con tiempo cuándo caduca o hay que pagarla.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			initially: 'debit',
			options: [
				{ key: 'credit', label: { en: 'Credit', es: 'Crédito' } },
				{ key: 'debit', label: { en: 'Debit', es: 'Débito' } },
				{ key: 'prepaid', label: { en: 'Prepaid', es: 'Prepago' } }
			]
		},
		network: { type: 'text', label: { en: 'Network', es: 'Red' }, suggest: true },
		lastFour: {
			type: 'text',
			label: { en: 'Last four digits', es: 'Últimas cuatro cifras' },
			tier: 'highly sensitive'
		},
		account: { type: 'reference', label: { en: 'Account', es: 'Cuenta' }, to: ['account'], initially: 'only' },
		limit: { type: 'money', label: { en: 'Limit', es: 'Límite' }, currencyOf: 'account' },
		closingDay: {
			type: 'number',
			label: { en: 'Closing day', es: 'Día de cierre' },
			hint: { en: 'Day of the month, 1 to 31.', es: 'Día del mes, de 1 a 31.' },
			units: [''],
			min: 1,
			max: 31
		},
		dueDay: {
			type: 'number',
			label: { en: 'Payment day', es: 'Día de pago' },
			hint: { en: 'Day of the month, 1 to 31.', es: 'Día del mes, de 1 a 31.' },
			units: [''],
			min: 1,
			max: 31
		},
		expires: {
			type: 'date',
			label: { en: 'Expires', es: 'Caduca' },
			hint: { en: 'As a card says it: the last day of its month.', es: 'Como en la tarjeta: el último día de su mes.' }
		}
	},
	title: ['name'],
	list: {
		columns: ['name', 'type', 'network', 'account', 'expires'],
		sort: { by: 'name' },
		filters: ['type', 'account', 'expires'],
		card: { detail: ['network', 'account', 'expires'], end: 'type' }
	},
	search: ['name', 'type', 'network', 'account'],
	sheet: {
		name: { en: 'Cards', es: 'Tarjetas' },
		columns: ['name', 'type', 'network', 'lastFour', 'account', 'limit', 'closingDay', 'dueDay', 'expires']
	},
	reminders: [
		{
			day: { date: 'expires' },
			coming: { en: 'Expires', es: 'Caduca' },
			passed: { en: 'Expired', es: 'Caducada' },
			ahead: 45,
			after: 60
		},
		{
			day: { dayOfMonth: 'dueDay', ends: 'expires' },
			coming: { en: 'To be paid', es: 'Se paga' },
			passed: { en: 'To be paid', es: 'Se paga' },
			ahead: 7,
			after: 0
		}
	]
});
