import { defineKind } from '../define-kind.ts';

/** Until when a seller repairs or replaces something. */
export const warranty = defineKind({
	name: 'warranty',
	domain: 'administration',
	version: 1,
	icon: 'badge-check',
	one: { en: 'Warranty', es: 'Garantía' },
	many: { en: 'Warranties', es: 'Garantías' },
	empty: {
		en: 'No warranties yet. Add the washing machine or the telephone with the day its warranty ends.',
		es: 'Todavía no hay garantías. Añade la lavadora o el teléfono con el día en que termina su garantía.'
	},
	fields: {
		item: { type: 'text', label: { en: 'Item', es: 'Artículo' }, required: true },
		seller: { type: 'text', label: { en: 'Seller', es: 'Vendedor' }, suggest: true },
		boughtOn: { type: 'date', label: { en: 'Bought on', es: 'Comprado el' } },
		price: { type: 'money', label: { en: 'Price', es: 'Precio' } },
		ends: { type: 'date', label: { en: 'Ends', es: 'Termina' }, required: true, notBefore: 'boughtOn' },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['item'],
	list: {
		columns: ['item', 'seller', 'boughtOn', 'ends', 'price'],
		sort: { by: 'ends' },
		filters: ['seller', 'ends'],
		card: { detail: ['seller', 'ends'], end: 'price' }
	},
	search: ['item', 'seller', 'price', 'ends'],
	sheet: {
		name: { en: 'Warranties', es: 'Garantías' },
		columns: ['item', 'seller', 'boughtOn', 'price', 'ends']
	},
	reminders: [
		{
			day: { date: 'ends' },
			coming: { en: 'Warranty ends', es: 'Termina la garantía' },
			passed: { en: 'Warranty ended', es: 'Garantía terminada' },
			ahead: 30,
			after: 0
		}
	]
});
