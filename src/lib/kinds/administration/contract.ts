import { defineKind } from '../define-kind.ts';
import { yesOrNo } from '../field.ts';

/** What was agreed with somebody for a time: a lease, a phone line. */
export const contract = defineKind({
	name: 'contract',
	domain: 'administration',
	version: 1,
	icon: 'file-pen',
	one: { en: 'Contract', es: 'Contrato' },
	many: { en: 'Contracts', es: 'Contratos' },
	empty: {
		en: 'No contracts yet. Add a lease or a phone contract, and hear of it while notice can still be given.',
		es: 'Todavía no hay contratos. Añade el del alquiler o el teléfono y te avisaremos mientras puedas darlo de baja.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		party: { type: 'text', label: { en: 'With', es: 'Con' }, required: true, suggest: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			open: true,
			options: [
				{ key: 'lease', label: { en: 'Lease', es: 'Alquiler' } },
				{ key: 'employment', label: { en: 'Employment', es: 'Trabajo' } },
				{ key: 'energy', label: { en: 'Energy or water', es: 'Suministros' } },
				{ key: 'telephone', label: { en: 'Phone or internet', es: 'Teléfono o internet' } },
				{ key: 'service', label: { en: 'Service', es: 'Servicio' } }
			]
		},
		started: { type: 'date', label: { en: 'Started', es: 'Comienzo' } },
		ends: { type: 'date', label: { en: 'Ends', es: 'Termina' }, notBefore: 'started' },
		notice: {
			type: 'number',
			label: { en: 'Notice period', es: 'Plazo de preaviso' },
			units: ['d', 'wk', 'mo'],
			min: 0,
			max: 1000
		},
		renews: { type: 'choice', label: { en: 'Renews by itself', es: 'Se renueva solo' }, options: yesOrNo },
		amount: { type: 'money', label: { en: 'Amount', es: 'Importe' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'party', 'type', 'ends', 'amount'],
		sort: { by: 'ends' },
		filters: ['type', 'party', 'renews', 'ends'],
		card: { detail: ['party', 'ends'], end: 'amount' }
	},
	search: ['name', 'party', 'type', 'amount', 'ends'],
	sheet: {
		name: { en: 'Contracts', es: 'Contratos' },
		columns: ['name', 'party', 'type', 'started', 'ends', 'notice', 'renews', 'amount']
	},
	reminders: [
		{
			day: { date: 'ends', before: 'notice' },
			coming: { en: 'Last day to give notice', es: 'Último día de preaviso' },
			passed: { en: 'Too late to give notice', es: 'Plazo de preaviso pasado' },
			ahead: 45,
			after: 0,
			when: { field: 'renews', is: ['yes', ''] }
		},
		{
			day: { date: 'ends' },
			coming: { en: 'Renews', es: 'Se renueva' },
			passed: { en: 'Renewed', es: 'Renovado' },
			ahead: 30,
			after: 0,
			when: { field: 'renews', is: ['yes'] }
		},
		{
			day: { date: 'ends' },
			coming: { en: 'Ends', es: 'Termina' },
			passed: { en: 'Ended', es: 'Terminado' },
			ahead: 45,
			after: 30,
			when: { field: 'renews', is: ['no', ''] }
		}
	]
});
