import { defineKind } from '../define-kind.ts';

/** A paper that says who somebody is. */
export const identityDocument = defineKind({
	name: 'identity-document',
	domain: 'administration',
	version: 1,
	icon: 'id-card',
	one: { en: 'Identity document', es: 'Documento de identidad' },
	many: { en: 'Identity documents', es: 'Documentos de identidad' },
	empty: {
		en: 'No identity documents yet. Add a passport or a driving licence, and hear of it in time before it expires.',
		es: 'Todavía no hay documentos de identidad. Añade un pasaporte o un carné de conducir y sabrás con tiempo cuándo caduca.'
	},
	fields: {
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			initially: 'passport',
			options: [
				{ key: 'passport', label: { en: 'Passport', es: 'Pasaporte' } },
				{ key: 'national-id', label: { en: 'National identity card', es: 'Documento nacional de identidad' } },
				{ key: 'driving-licence', label: { en: 'Driving licence', es: 'Permiso de conducir' } },
				{ key: 'residence-permit', label: { en: 'Residence permit', es: 'Permiso de residencia' } },
				{ key: 'social-security', label: { en: 'Social security', es: 'Seguridad Social' } },
				{ key: 'other', label: { en: 'Other', es: 'Otro' } }
			]
		},
		number: { type: 'text', label: { en: 'Number', es: 'Número' }, tier: 'highly sensitive' },
		issuer: { type: 'text', label: { en: 'Issued by', es: 'Expedido por' }, suggest: true },
		issued: { type: 'date', label: { en: 'Issued on', es: 'Fecha de expedición' } },
		expires: { type: 'date', label: { en: 'Expires', es: 'Caduca' }, required: true, notBefore: 'issued' },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['type'],
	list: {
		columns: ['type', 'issuer', 'issued', 'expires'],
		sort: { by: 'expires' },
		filters: ['type', 'expires'],
		card: { detail: ['issuer'], end: 'expires' }
	},
	search: ['type', 'issuer', 'expires'],
	sheet: {
		name: { en: 'Identity documents', es: 'Documentos de identidad' },
		columns: ['type', 'number', 'issuer', 'issued', 'expires']
	},
	reminders: [
		{
			day: { date: 'expires' },
			coming: { en: 'Expires', es: 'Caduca' },
			passed: { en: 'Expired', es: 'Caducado' },
			// Many countries let nobody in whose passport is good for less than half a year.
			ahead: 180,
			after: 90
		}
	]
});
