import { defineKind } from '../define-kind.ts';

/** Somebody to call or to write to about papers, money or health. */
export const contact = defineKind({
	name: 'contact',
	domain: 'administration',
	version: 1,
	icon: 'contact',
	one: { en: 'Contact', es: 'Contacto' },
	many: { en: 'Contacts', es: 'Contactos' },
	empty: {
		en: 'No contacts yet. Add the doctor, the accountant or the landlord.',
		es: 'Todavía no hay contactos. Añade al médico, a la gestora o a la casera.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		role: {
			type: 'choice',
			label: { en: 'Role', es: 'Función' },
			options: [
				{ key: 'doctor', label: { en: 'Doctor', es: 'Médico' } },
				{ key: 'lawyer', label: { en: 'Lawyer', es: 'Abogado' } },
				{ key: 'accountant', label: { en: 'Accountant', es: 'Contable o gestor' } },
				{ key: 'landlord', label: { en: 'Landlord', es: 'Casero' } },
				{ key: 'other', label: { en: 'Other', es: 'Otra' } }
			]
		},
		phone: { type: 'text', label: { en: 'Phone', es: 'Teléfono' } },
		email: { type: 'text', label: { en: 'Email', es: 'Correo' } },
		address: { type: 'long-text', label: { en: 'Address', es: 'Dirección' } },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'role', 'phone', 'email'],
		sort: { by: 'name' },
		filters: ['role'],
		card: { detail: ['phone', 'email'], end: 'role' }
	},
	search: ['name', 'role', 'phone', 'email', 'address', 'notes'],
	sheet: {
		name: { en: 'Contacts', es: 'Contactos' },
		columns: ['name', 'role', 'phone', 'email', 'address', 'notes']
	}
});
