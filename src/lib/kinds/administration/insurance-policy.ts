import { defineKind } from '../define-kind.ts';

/** What an insurer pays for, and until when. */
export const insurancePolicy = defineKind({
	name: 'insurance-policy',
	domain: 'administration',
	version: 1,
	icon: 'umbrella',
	one: { en: 'Insurance policy', es: 'Póliza de seguro' },
	many: { en: 'Insurance policies', es: 'Pólizas de seguro' },
	empty: {
		en: 'No insurance policies yet. Add the one of the home or the car, with the day it ends.',
		es: 'Todavía no hay pólizas. Añade la del hogar o la del coche, con el día en que termina.'
	},
	fields: {
		insurer: { type: 'text', label: { en: 'Insurer', es: 'Aseguradora' }, required: true, suggest: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			open: true,
			options: [
				{ key: 'home', label: { en: 'Home', es: 'Hogar' } },
				{ key: 'vehicle', label: { en: 'Vehicle', es: 'Vehículo' } },
				{ key: 'health-cover', label: { en: 'Health cover', es: 'Seguro médico' } },
				{ key: 'life', label: { en: 'Life', es: 'Vida' } },
				{ key: 'travel-cover', label: { en: 'Travel cover', es: 'Seguro de viaje' } },
				{ key: 'liability', label: { en: 'Liability', es: 'Responsabilidad civil' } },
				{ key: 'animal', label: { en: 'Animal', es: 'Animales' } }
			]
		},
		number: { type: 'text', label: { en: 'Policy number', es: 'Número de póliza' }, tier: 'highly sensitive' },
		covers: { type: 'long-text', label: { en: 'Covers', es: 'Cubre' } },
		premium: { type: 'money', label: { en: 'Premium', es: 'Prima' } },
		schedule: {
			type: 'schedule',
			label: { en: 'Premium due', es: 'Pago de la prima' },
			start: 'started',
			blank: { en: 'No reminder', es: 'Sin aviso' }
		},
		started: { type: 'date', label: { en: 'Started', es: 'Comienzo' } },
		ends: { type: 'date', label: { en: 'Ends', es: 'Termina' }, required: true, notBefore: 'started' },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: [['insurer', 'type'], 'insurer'],
	list: {
		columns: ['insurer', 'type', 'started', 'ends', 'premium'],
		sort: { by: 'ends' },
		filters: ['type', 'insurer', 'ends'],
		card: { detail: ['ends', 'schedule'], end: 'premium' }
	},
	search: ['insurer', 'type', 'covers', 'premium', 'ends'],
	sheet: {
		name: { en: 'Insurance policies', es: 'Pólizas de seguro' },
		columns: ['insurer', 'type', 'number', 'covers', 'premium', 'schedule', 'started', 'ends']
	},
	reminders: [
		{
			day: { date: 'ends' },
			coming: { en: 'Ends', es: 'Termina' },
			passed: { en: 'Ended', es: 'Terminada' },
			ahead: 60,
			after: 60
		},
		{
			day: { next: 'started', schedule: 'schedule', ends: 'ends' },
			coming: { en: 'Premium due', es: 'Vence la prima' },
			passed: { en: 'Premium due', es: 'Vence la prima' },
			ahead: 30,
			after: 0,
			amount: 'premium'
		}
	]
});
