import { defineKind } from '../define-kind.ts';
import { paperFields, paperLists } from './paper-fields.ts';

const { files, ...fields } = paperFields;

/** What is to be declared or paid to a tax office. */
export const taxFiling = defineKind({
	name: 'tax-filing',
	domain: 'administration',
	version: 1,
	icon: 'stamp',
	one: { en: 'Tax filing', es: 'Declaración de impuestos' },
	many: { en: 'Tax filings', es: 'Declaraciones de impuestos' },
	empty: {
		en: 'No tax filings yet. Add the next one with the day it is due.',
		es: 'Todavía no hay declaraciones. Añade la próxima con el día en que vence.'
	},
	fields: {
		...fields,
		expires: { ...fields.expires, label: { en: 'Due', es: 'Vence' } },
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			initially: 'to-file',
			options: [
				{ key: 'to-file', label: { en: 'To be filed', es: 'Por presentar' } },
				{ key: 'filed', label: { en: 'Filed', es: 'Presentada' } }
			]
		},
		files
	},
	title: paperLists.title,
	list: {
		columns: ['title', 'date', 'expires', 'status', 'amount'],
		sort: { by: 'expires', descending: true },
		filters: ['status', 'expires'],
		card: { detail: ['expires', 'status'], end: 'amount' }
	},
	search: paperLists.search,
	sheet: {
		name: { en: 'Tax filings', es: 'Declaraciones de impuestos' },
		columns: [...paperLists.columns, 'status']
	},
	reminders: [
		{
			day: { date: 'expires' },
			coming: { en: 'To be filed', es: 'Se presenta' },
			passed: { en: 'Overdue', es: 'Fuera de plazo' },
			ahead: 45,
			when: { field: 'status', is: ['to-file', ''] },
			amount: 'amount',
			done: { label: { en: 'Filed', es: 'Presentada' }, field: 'status', to: 'filed' }
		}
	]
});
