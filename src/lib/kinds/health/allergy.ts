import { defineKind } from '../define-kind.ts';
import { severities } from './severities.ts';

/** What a body does not bear. */
export const allergy = defineKind({
	name: 'allergy',
	domain: 'health',
	version: 1,
	icon: 'shield-alert',
	one: { en: 'Allergy', es: 'Alergia' },
	many: { en: 'Allergies', es: 'Alergias' },
	empty: {
		en: 'No allergies yet. Add what is not borne, a medicine or a food, and put it on the emergency card.',
		es: 'Todavía no hay alergias. Añade lo que no se tolera, un medicamento o un alimento, y ponlo en la tarjeta de emergencia.'
	},
	fields: {
		substance: { type: 'text', label: { en: 'Substance', es: 'Sustancia' }, required: true },
		reaction: { type: 'text', label: { en: 'Reaction', es: 'Reacción' }, suggest: true },
		severity: { type: 'choice', label: { en: 'Severity', es: 'Gravedad' }, options: severities },
		since: { type: 'date', label: { en: 'Since', es: 'Desde' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['substance'],
	list: {
		columns: ['substance', 'reaction', 'severity', 'since'],
		sort: { by: 'substance' },
		filters: ['severity'],
		card: { detail: ['reaction'], end: 'severity' }
	},
	search: ['substance', 'reaction', 'severity', 'notes'],
	sheet: {
		name: { en: 'Allergies', es: 'Alergias' },
		columns: ['substance', 'reaction', 'severity', 'since', 'notes']
	}
});
