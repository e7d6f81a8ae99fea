import { defineKind } from './define-kind.ts';

/** Words that fit nowhere else, in whatever domain they belong to. */
export const note = defineKind({
	name: 'note',
	domain: 'health',
	anywhere: true,
	version: 1,
	icon: 'notebook-pen',
	one: { en: 'Note', es: 'Nota' },
	many: { en: 'Notes', es: 'Notas' },
	empty: {
		en: 'No notes yet. Write down what fits nowhere else: a question for the doctor, a reminder to yourself.',
		es: 'Todavía no hay notas. Apunta lo que no cabe en otro sitio: una pregunta para el médico, un recordatorio.'
	},
	fields: {
		title: { type: 'text', label: { en: 'Title', es: 'Título' }, required: true },
		text: { type: 'long-text', label: { en: 'Text', es: 'Texto' } }
	},
	title: ['title'],
	list: {
		columns: ['title', 'text'],
		sort: { by: 'title' },
		filters: [],
		card: { detail: ['text'] }
	},
	search: ['title', 'text'],
	sheet: { name: { en: 'Notes', es: 'Notas' }, columns: ['title', 'text'] }
});
