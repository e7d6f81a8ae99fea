import { defineKind } from '../define-kind.ts';

/** A paper about money: a statement, an invoice. */
export const financialDocument = defineKind({
	name: 'financial-document',
	domain: 'finances',
	version: 1,
	icon: 'file-spreadsheet',
	one: { en: 'Financial document', es: 'Documento financiero' },
	many: { en: 'Financial documents', es: 'Documentos financieros' },
	empty: {
		en: 'No financial documents yet. Add a statement or an invoice that you want to find again.',
		es: 'Todavía no hay documentos financieros. Añade un extracto o una factura que quieras volver a encontrar.'
	},
	fields: {
		title: { type: 'text', label: { en: 'Title', es: 'Título' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			options: [
				{ key: 'statement', label: { en: 'Statement', es: 'Extracto' } },
				{ key: 'invoice', label: { en: 'Invoice', es: 'Factura' } },
				{ key: 'receipt', label: { en: 'Receipt', es: 'Recibo' } },
				{ key: 'tax', label: { en: 'Tax', es: 'Impuestos' } },
				{ key: 'contract', label: { en: 'Contract', es: 'Contrato' } },
				{ key: 'other', label: { en: 'Other', es: 'Otro' } }
			]
		},
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, initially: 'today' },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['title'],
	list: {
		columns: ['date', 'title', 'type'],
		sort: { by: 'date', descending: true },
		filters: ['type', 'date'],
		card: { detail: ['date'], end: 'type' }
	},
	search: ['title', 'type', 'date'],
	sheet: { name: { en: 'Documents', es: 'Documentos' }, columns: ['title', 'type', 'date'] }
});
