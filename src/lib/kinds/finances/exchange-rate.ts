import { currencyOptions } from '../currency-options.ts';
import { defineKind } from '../define-kind.ts';

/** What one of a currency was worth in another on a day. It holds until a later one, and the other way round. */
export const exchangeRate = defineKind({
	name: 'exchange-rate',
	domain: 'finances',
	version: 1,
	icon: 'refresh-cw',
	one: { en: 'Exchange rate', es: 'Tipo de cambio' },
	many: { en: 'Exchange rates', es: 'Tipos de cambio' },
	empty: {
		en: 'No exchange rates yet. Add one, and net worth in several currencies can be one figure.',
		es: 'Todavía no hay tipos de cambio. Añade uno y el patrimonio en varias monedas podrá ser una sola cifra.'
	},
	fields: {
		// A list of its own: only what it is changed into is likely to be the currency in use here.
		from: {
			type: 'choice',
			label: { en: 'One of', es: 'Una unidad de' },
			required: true,
			options: [...currencyOptions]
		},
		to: { type: 'choice', label: { en: 'Is worth in', es: 'Vale en' }, required: true, options: currencyOptions },
		rate: {
			type: 'number',
			label: { en: 'Rate', es: 'Tipo' },
			required: true,
			units: [''],
			min: 0.000_000_001,
			max: 1_000_000_000
		},
		on: { type: 'date', label: { en: 'On', es: 'El día' }, required: true, initially: 'today' }
	},
	title: [['from', 'to']],
	list: {
		columns: ['on', 'from', 'to', 'rate'],
		sort: { by: 'on', descending: true },
		filters: ['from', 'to', 'on'],
		card: { detail: ['on'], end: 'rate' }
	},
	search: ['from', 'to', 'on'],
	sheet: { name: { en: 'Exchange rates', es: 'Tipos de cambio' }, columns: ['from', 'to', 'rate', 'on'] }
});
