import { defineKind } from '../define-kind.ts';
import { severities } from './severities.ts';

/** An illness or a state of health that lasts. */
export const condition = defineKind({
	name: 'condition',
	domain: 'health',
	version: 1,
	icon: 'stethoscope',
	one: { en: 'Condition', es: 'Afección' },
	many: { en: 'Conditions', es: 'Afecciones' },
	empty: {
		en: 'No conditions yet. Add an illness or an injury; its episodes, prescriptions and medications gather there.',
		es: 'Todavía no hay afecciones. Añade una enfermedad o lesión; ahí se reúnen sus episodios, recetas y medicamentos.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			required: true,
			initially: 'active',
			options: [
				{ key: 'suspected', label: { en: 'Suspected', es: 'Sospecha' } },
				{ key: 'active', label: { en: 'Active', es: 'Activa' } },
				{ key: 'in-remission', label: { en: 'In remission', es: 'En remisión' } },
				{ key: 'resolved', label: { en: 'Resolved', es: 'Resuelta' } }
			]
		},
		severity: { type: 'choice', label: { en: 'Severity', es: 'Gravedad' }, options: severities },
		code: {
			type: 'text',
			label: { en: 'Code', es: 'Código' },
			hint: { en: 'ICD-10 or SNOMED CT, as on a report.', es: 'CIE-10 o SNOMED CT, como en un informe.' }
		},
		onset: { type: 'date', label: { en: 'Since', es: 'Desde' } },
		resolvedOn: { type: 'date', label: { en: 'Resolved on', es: 'Resuelta el' }, notBefore: 'onset' },
		provider: { type: 'text', label: { en: 'Doctor or centre', es: 'Médico o centro' }, suggest: true },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'status', 'severity', 'onset', 'provider'],
		sort: { by: 'name' },
		filters: ['status', 'severity', 'provider'],
		card: { detail: ['severity', 'onset'], end: 'status' }
	},
	search: ['name', 'status', 'severity', 'code', 'provider', 'notes'],
	sheet: {
		name: { en: 'Conditions', es: 'Afecciones' },
		columns: ['name', 'status', 'severity', 'code', 'onset', 'resolvedOn', 'provider', 'notes']
	}
});
