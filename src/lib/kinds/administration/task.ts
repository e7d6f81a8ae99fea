import { defineKind } from '../define-kind.ts';

/** Something to be done. */
export const task = defineKind({
	name: 'task',
	domain: 'administration',
	version: 1,
	icon: 'list-todo',
	one: { en: 'Task', es: 'Tarea' },
	many: { en: 'Tasks', es: 'Tareas' },
	empty: {
		en: 'No tasks yet. Add what is to be done, and by when.',
		es: 'Todavía no hay tareas. Añade qué hay que hacer y para cuándo.'
	},
	fields: {
		title: { type: 'text', label: { en: 'Title', es: 'Título' }, required: true },
		due: { type: 'date', label: { en: 'Due', es: 'Para el' } },
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			initially: 'open',
			options: [
				{ key: 'open', label: { en: 'Open', es: 'Pendiente' } },
				{ key: 'done', label: { en: 'Done', es: 'Hecha' } }
			]
		},
		about: {
			type: 'reference',
			label: { en: 'About', es: 'Sobre' },
			to: [
				...(['identity-document', 'contract', 'insurance-policy', 'warranty', 'vehicle-paper'] as const),
				...(['property-paper', 'tax-filing', 'contact'] as const)
			]
		},
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['title'],
	list: {
		columns: ['title', 'due', 'status', 'about'],
		sort: { by: 'due' },
		filters: ['status', 'about', 'due'],
		card: { detail: ['due', 'about'], end: 'status' }
	},
	search: ['title', 'about', 'notes', 'due'],
	sheet: { name: { en: 'Tasks', es: 'Tareas' }, columns: ['title', 'due', 'status', 'about', 'notes'] },
	reminders: [
		{
			day: { date: 'due' },
			coming: { en: 'To be done', es: 'Por hacer' },
			passed: { en: 'Overdue', es: 'Atrasada' },
			ahead: 14,
			when: { field: 'status', is: ['open', ''] },
			done: { label: { en: 'Done', es: 'Hecha' }, field: 'status', to: 'done' }
		}
	]
});
