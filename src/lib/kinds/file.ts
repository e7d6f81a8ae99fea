import { defineKind } from './define-kind.ts';

/**
 * A file: what it is called, and where its content is. The app writes it when the content is on the server, never a person
 * by hand; other records name it by its id. Beside its fields it has what `readFileContent` reads (`content`, `size`, `parts`,
 * `key`, `digest`), and `thumb`: a small picture of it, base64url.
 */
export const file = defineKind({
	name: 'file',
	domain: 'administration',
	anywhere: true,
	version: 1,
	icon: 'paperclip',
	one: { en: 'File', es: 'Archivo' },
	many: { en: 'Files', es: 'Archivos' },
	empty: {
		en: 'No files yet. Add one to the record it belongs to.',
		es: 'Todavía no hay archivos. Añade uno al registro al que pertenece.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		type: { type: 'text', label: { en: 'Type', es: 'Tipo' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'type'],
		sort: { by: 'name' },
		filters: [],
		card: { detail: ['type'] }
	},
	search: ['name'],
	sheet: { name: { en: 'Files', es: 'Archivos' }, columns: ['name', 'type'] }
});
