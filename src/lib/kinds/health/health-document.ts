import { defineKind } from '../define-kind.ts';

/** A paper about somebody's health: a result, a letter. */
export const healthDocument = defineKind({
	name: 'health-document',
	domain: 'health',
	version: 1,
	icon: 'file-heart',
	one: { en: 'Health document', es: 'Documento médico' },
	many: { en: 'Health documents', es: 'Documentos médicos' },
	empty: {
		en: 'No health documents yet. Add a lab result or a discharge letter, and have it at hand at the next visit.',
		es: 'Todavía no hay documentos médicos. Añade una analítica o un informe de alta y tenlo a mano en la próxima visita.'
	},
	fields: {
		title: { type: 'text', label: { en: 'Title', es: 'Título' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			options: [
				{ key: 'lab-result', label: { en: 'Lab result', es: 'Analítica' } },
				{ key: 'imaging', label: { en: 'Imaging', es: 'Imagen' } },
				{ key: 'report', label: { en: 'Report', es: 'Informe' } },
				{ key: 'discharge-letter', label: { en: 'Discharge letter', es: 'Informe de alta' } },
				{ key: 'insurance', label: { en: 'Insurance', es: 'Seguro' } },
				{ key: 'other', label: { en: 'Other', es: 'Otro' } }
			]
		},
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, initially: 'today' },
		provider: { type: 'text', label: { en: 'Doctor or centre', es: 'Médico o centro' }, suggest: true },
		condition: { type: 'reference', label: { en: 'Condition', es: 'Afección' }, to: ['condition'] },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['title'],
	list: {
		columns: ['date', 'title', 'type', 'provider', 'condition'],
		sort: { by: 'date', descending: true },
		filters: ['type', 'condition', 'provider', 'date'],
		card: { detail: ['date', 'provider'], end: 'type' }
	},
	search: ['title', 'type', 'provider', 'condition', 'date'],
	sheet: {
		name: { en: 'Health documents', es: 'Documentos médicos' },
		columns: ['title', 'type', 'date', 'provider', 'condition']
	}
});
