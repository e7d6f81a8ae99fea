import { defineKind } from '../define-kind.ts';

/** Something that happened, or is to happen, once: an appointment, a test, a vaccination. */
export const medicalEvent = defineKind({
	name: 'medical-event',
	domain: 'health',
	version: 1,
	icon: 'calendar-heart',
	one: { en: 'Medical event', es: 'Evento médico' },
	many: { en: 'Medical events', es: 'Eventos médicos' },
	empty: {
		en: 'No medical events yet. Add the next appointment or the last vaccination.',
		es: 'Todavía no hay eventos médicos. Añade la próxima cita o la última vacuna.'
	},
	fields: {
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			initially: 'appointment',
			options: [
				{ key: 'appointment', label: { en: 'Appointment', es: 'Cita' } },
				{ key: 'test', label: { en: 'Test', es: 'Prueba' } },
				{ key: 'vaccination', label: { en: 'Vaccination', es: 'Vacuna' } },
				{ key: 'surgery', label: { en: 'Surgery', es: 'Operación' } },
				{ key: 'hospital-stay', label: { en: 'Hospital stay', es: 'Ingreso hospitalario' } },
				{ key: 'allergic-reaction', label: { en: 'Allergic reaction', es: 'Reacción alérgica' } },
				{ key: 'other', label: { en: 'Other', es: 'Otro' } }
			]
		},
		date: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true, initially: 'today' },
		title: { type: 'text', label: { en: 'Title', es: 'Título' } },
		provider: { type: 'text', label: { en: 'Doctor or centre', es: 'Médico o centro' }, suggest: true },
		place: { type: 'text', label: { en: 'Place', es: 'Lugar' }, suggest: true },
		condition: { type: 'reference', label: { en: 'Condition', es: 'Afección' }, to: ['condition'] },
		outcome: { type: 'long-text', label: { en: 'Outcome', es: 'Resultado' } },
		cost: { type: 'money', label: { en: 'Cost', es: 'Coste' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['title', 'type'],
	list: {
		columns: ['date', 'title', 'type', 'provider', 'condition'],
		sort: { by: 'date', descending: true },
		filters: ['type', 'condition', 'provider', 'date'],
		card: { detail: ['date', 'provider'], end: 'type' }
	},
	search: ['type', 'title', 'provider', 'place', 'condition', 'outcome', 'notes', 'date'],
	sheet: {
		name: { en: 'Medical events', es: 'Eventos médicos' },
		columns: ['date', 'type', 'title', 'provider', 'place', 'condition', 'outcome', 'cost', 'notes']
	},
	reminders: [
		{
			day: { date: 'date' },
			coming: { en: 'Planned', es: 'Previsto' },
			passed: { en: 'Was planned', es: 'Estaba previsto' },
			ahead: 14,
			after: 0
		}
	]
});
