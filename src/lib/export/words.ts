import type { Label } from '../kinds/index.ts';

/** The words of sheets that are not of a kind. */
export const words = {
	summary: { en: 'Summary', es: 'Resumen' },
	byCategory: { en: 'By category', es: 'Por categoría' },
	leftOut: { en: 'Left out', es: 'No incluidos' },
	currency: { en: 'Currency', es: 'Moneda' },
	unit: { en: 'Unit', es: 'Unidad' },
	second: { en: 'second value', es: 'segundo valor' },
	more: { en: 'continued', es: 'continúa' },
	type: { en: 'Type', es: 'Tipo' },
	category: { en: 'Category', es: 'Categoría' },
	uncategorised: { en: 'Uncategorised', es: 'Sin categoría' },
	total: { en: 'Total', es: 'Total' },
	what: { en: 'What', es: 'Qué' },
	amount: { en: 'Amount', es: 'Importe' },
	asOf: { en: 'On', es: 'El' },
	note: { en: 'Note', es: 'Nota' },
	counted: { en: 'In net worth', es: 'En el patrimonio' },
	netWorth: { en: 'Net worth', es: 'Patrimonio neto' },
	together: { en: 'Net worth, all in one currency', es: 'Patrimonio neto, todo en una moneda' },
	noRate: {
		en: 'An exchange rate is missing for: {currencies}',
		es: 'Falta un tipo de cambio para: {currencies}'
	},
	byRates: {
		en: 'By the last exchange rates noted up to this day',
		es: 'Con los últimos tipos de cambio anotados hasta este día'
	},
	unknown: { en: 'Not counted: nobody has said what it was worth', es: 'No se cuenta: nadie ha dicho cuánto valía' },
	record: { en: 'Record', es: 'Registro' },
	why: { en: 'Why', es: 'Por qué' },
	damaged: { en: 'It does not open', es: 'No se abre' },
	newer: { en: 'A newer version of Arca wrote it', es: 'Lo escribió una versión más nueva de Arca' },
	noDay: { en: 'It has no day that can be read', es: 'No tiene una fecha que se pueda leer' }
} as const satisfies Record<string, Label>;
