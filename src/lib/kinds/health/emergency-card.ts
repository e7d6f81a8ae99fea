import { defineKind } from '../define-kind.ts';

const bloodGroups = ['0+', '0-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-'].map((key) => {
	const text = key.replace('-', '\u2212');
	return { key, label: { en: text.replace('0', 'O'), es: text } };
});

/** What a helper should know at once. */
export const emergencyCard = defineKind({
	name: 'emergency-card',
	domain: 'health',
	version: 1,
	icon: 'siren',
	one: { en: 'Emergency card', es: 'Tarjeta de emergencia' },
	many: { en: 'Emergency cards', es: 'Tarjetas de emergencia' },
	empty: {
		en: 'No emergency card yet. Add one: blood group, allergies and whom to call, in big type when it matters.',
		es: 'Todavía no hay tarjeta de emergencia. Añade una: grupo sanguíneo, alergias y a quién llamar, en letra grande cuando haga falta.'
	},
	fields: {
		bloodGroup: { type: 'choice', label: { en: 'Blood group', es: 'Grupo sanguíneo' }, options: bloodGroups },
		allergies: { type: 'references', label: { en: 'Allergies', es: 'Alergias' }, to: ['allergy'] },
		conditions: { type: 'references', label: { en: 'Conditions', es: 'Afecciones' }, to: ['condition'] },
		medications: { type: 'references', label: { en: 'Medications', es: 'Medicamentos' }, to: ['medication'] },
		contacts: {
			type: 'rows',
			label: { en: 'Whom to call', es: 'A quién llamar' },
			one: { en: 'Contact', es: 'Contacto' },
			of: {
				name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
				phone: { type: 'text', label: { en: 'Phone', es: 'Teléfono' }, required: true }
			}
		},
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: [],
	list: {
		columns: ['bloodGroup', 'allergies', 'conditions', 'contacts'],
		sort: { by: 'bloodGroup' },
		filters: ['bloodGroup'],
		card: { detail: ['allergies', 'conditions'], end: 'bloodGroup' }
	},
	search: ['bloodGroup', 'allergies', 'conditions', 'contacts', 'notes'],
	sheet: {
		name: { en: 'Emergency cards', es: 'Tarjetas de emergencia' },
		columns: ['bloodGroup', 'allergies', 'conditions', 'medications', 'contacts', 'notes']
	}
});
