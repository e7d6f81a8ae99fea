import { defineKind } from '../define-kind.ts';

/** One time that a condition showed itself: an attack, a flare, a relapse. */
export const episode = defineKind({
	name: 'episode',
	domain: 'health',
	version: 1,
	icon: 'zap',
	one: { en: 'Episode', es: 'Episodio' },
	many: { en: 'Episodes', es: 'Episodios' },
	empty: {
		en: 'No episodes yet. Add one when a condition shows itself: how strong, what may have set it off.',
		es: 'Todavía no hay episodios. Añade uno cuando una afección se manifieste: su intensidad y qué pudo provocarlo.'
	},
	fields: {
		condition: {
			type: 'reference',
			label: { en: 'Condition', es: 'Afección' },
			required: true,
			to: ['condition'],
			initially: 'only'
		},
		started: { type: 'date-time', label: { en: 'Started', es: 'Comienzo' }, required: true, initially: 'now' },
		ended: { type: 'date-time', label: { en: 'Ended', es: 'Fin' }, notBefore: 'started' },
		intensity: {
			type: 'number',
			label: { en: 'Intensity', es: 'Intensidad' },
			hint: { en: '0 is nothing, 10 the worst there is.', es: '0 es nada, 10 lo peor posible.' },
			units: [''],
			min: 0,
			max: 10,
			scale: true
		},
		symptoms: { type: 'tags', label: { en: 'Symptoms', es: 'Síntomas' } },
		triggers: { type: 'tags', label: { en: 'Triggers', es: 'Desencadenantes' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['condition'],
	list: {
		columns: ['started', 'condition', 'intensity', 'symptoms', 'ended'],
		sort: { by: 'started', descending: true },
		filters: ['condition', 'started'],
		card: { detail: ['started', 'symptoms'], end: 'intensity' }
	},
	search: ['condition', 'symptoms', 'triggers', 'notes', 'started'],
	sheet: {
		name: { en: 'Episodes', es: 'Episodios' },
		columns: ['condition', 'started', 'ended', 'intensity', 'symptoms', 'triggers', 'notes']
	}
});
