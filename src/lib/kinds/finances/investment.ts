import { defineKind } from '../define-kind.ts';

/** Shares of something that has a price: a fund, a stock, a coin. An account that holds it counts its cash alone. */
export const investment = defineKind({
	name: 'investment',
	domain: 'finances',
	version: 1,
	icon: 'trending-up',
	one: { en: 'Investment', es: 'Inversión' },
	many: { en: 'Investments', es: 'Inversiones' },
	empty: {
		en: 'No investments yet. Add a fund or a stock: how many you hold, and what one is worth.',
		es: 'Todavía no hay inversiones. Añade un fondo o una acción: cuántas tienes y cuánto vale cada una.'
	},
	fields: {
		instrument: { type: 'text', label: { en: 'Instrument', es: 'Instrumento' }, required: true },
		quantity: {
			type: 'number',
			label: { en: 'Quantity', es: 'Cantidad' },
			required: true,
			units: [''],
			min: 0,
			max: 1_000_000_000_000
		},
		symbol: { type: 'text', label: { en: 'Symbol or ISIN', es: 'Símbolo o ISIN' } },
		unitPrice: { type: 'money', label: { en: 'Price of one', es: 'Precio de una' }, currencyOf: 'unitCost' },
		pricedOn: {
			type: 'date',
			label: { en: 'Priced on', es: 'Precio del día' },
			initially: 'today',
			stampOf: ['unitPrice', 'quantity']
		},
		earlier: {
			type: 'rows',
			label: { en: 'Earlier prices', es: 'Precios anteriores' },
			one: { en: 'Earlier price', es: 'Precio anterior' },
			hint: {
				en: 'A price or a quantity that a later one replaces comes here by itself.',
				es: 'El precio o la cantidad que sustituyes por otros posteriores pasan aquí por sí solos.'
			},
			of: {
				on: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true },
				price: {
					type: 'money',
					label: { en: 'Price of one', es: 'Precio de una' },
					required: true,
					currencyOf: 'unitPrice'
				},
				quantity: { type: 'number', label: { en: 'Quantity', es: 'Cantidad' }, required: true, units: [''], min: 0 }
			},
			former: { on: 'pricedOn', price: 'unitPrice', quantity: 'quantity' }
		},
		unitCost: { type: 'money', label: { en: 'Cost of one', es: 'Coste de una' }, currencyOf: 'account' },
		boughtOn: { type: 'date', label: { en: 'Bought on', es: 'Comprada el' } },
		account: {
			type: 'reference',
			label: { en: 'Account', es: 'Cuenta' },
			hint: {
				en: 'The balance of that account is its cash alone: this counts beside it.',
				es: 'El saldo de esa cuenta es solo su efectivo: esto cuenta aparte.'
			},
			to: ['account']
		},
		institution: { type: 'text', label: { en: 'Institution', es: 'Entidad' }, suggest: true }
	},
	title: ['instrument'],
	list: {
		columns: ['instrument', 'symbol', 'pricedOn', 'quantity', 'unitPrice'],
		sort: { by: 'instrument' },
		filters: ['account', 'institution', 'pricedOn'],
		card: { detail: ['symbol', 'quantity', 'pricedOn'], end: 'unitPrice' }
	},
	search: ['instrument', 'symbol', 'institution', 'account'],
	sheet: {
		name: { en: 'Investments', es: 'Inversiones' },
		columns: [
			...(['instrument', 'symbol', 'quantity', 'unitCost', 'boughtOn', 'unitPrice', 'pricedOn'] as const),
			...(['account', 'institution'] as const)
		]
	}
});
