import { defineKind } from '../define-kind.ts';

/** What a doctor wrote down to be taken or done. */
export const prescription = defineKind({
	name: 'prescription',
	domain: 'health',
	version: 1,
	icon: 'scroll-text',
	one: { en: 'Prescription', es: 'Receta' },
	many: { en: 'Prescriptions', es: 'Recetas' },
	empty: {
		en: 'No prescriptions yet. Add one with its medications, and see until when it holds.',
		es: 'Todavía no hay recetas. Añade una con sus medicamentos y verás hasta cuándo vale.'
	},
	fields: {
		issuedOn: { type: 'date', label: { en: 'Issued on', es: 'Fecha' }, required: true, initially: 'today' },
		prescriber: { type: 'text', label: { en: 'Prescriber', es: 'Médico' }, required: true, suggest: true },
		condition: { type: 'reference', label: { en: 'Condition', es: 'Afección' }, to: ['condition'] },
		medications: { type: 'references', label: { en: 'Medications', es: 'Medicamentos' }, to: ['medication'] },
		validUntil: { type: 'date', label: { en: 'Valid until', es: 'Válida hasta' }, notBefore: 'issuedOn' },
		refills: {
			type: 'number',
			label: { en: 'Refills left', es: 'Dispensaciones restantes' },
			units: [''],
			min: 0,
			max: 1000
		},
		instructions: { type: 'long-text', label: { en: 'Instructions', es: 'Instrucciones' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['prescriber'],
	list: {
		columns: ['issuedOn', 'prescriber', 'medications', 'condition', 'validUntil'],
		sort: { by: 'issuedOn', descending: true },
		filters: ['condition', 'medications', 'prescriber', 'validUntil'],
		card: { detail: ['issuedOn', 'medications'] }
	},
	search: ['prescriber', 'condition', 'medications', 'instructions', 'issuedOn'],
	sheet: {
		name: { en: 'Prescriptions', es: 'Recetas' },
		columns: ['issuedOn', 'prescriber', 'condition', 'medications', 'validUntil', 'refills', 'instructions']
	},
	reminders: [
		{
			day: { date: 'validUntil' },
			coming: { en: 'Runs out', es: 'Caduca' },
			passed: { en: 'Ran out', es: 'Caducó' },
			ahead: 14,
			after: 0
		}
	]
});
