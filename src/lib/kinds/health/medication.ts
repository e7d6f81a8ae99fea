import { defineKind } from '../define-kind.ts';
import { amountUnits } from './amounts.ts';

/** A medicine that somebody takes: how much of it, when, and what is left. */
export const medication = defineKind({
	name: 'medication',
	domain: 'health',
	version: 1,
	seeded: true,
	icon: 'pill',
	one: { en: 'Medication', es: 'Medicamento' },
	many: { en: 'Medications', es: 'Medicamentos' },
	empty: {
		en: 'No medications yet. Add one with its times, and tick off each dose when you take it.',
		es: 'Todavía no hay medicamentos. Añade uno con sus horas y marca cada dosis al tomarla.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		substance: { type: 'text', label: { en: 'Active substance', es: 'Principio activo' }, suggest: true },
		condition: { type: 'reference', label: { en: 'For', es: 'Para' }, to: ['condition'] },
		form: {
			type: 'choice',
			label: { en: 'Form', es: 'Forma' },
			open: true,
			options: [
				{ key: 'tablet', label: { en: 'Tablet', es: 'Comprimido' } },
				{ key: 'capsule', label: { en: 'Capsule', es: 'Cápsula' } },
				{ key: 'liquid', label: { en: 'Liquid', es: 'Líquido' } },
				{ key: 'drops', label: { en: 'Drops', es: 'Gotas' } },
				{ key: 'inhaler', label: { en: 'Inhaler', es: 'Inhalador' } },
				{ key: 'cream', label: { en: 'Cream', es: 'Crema' } },
				{ key: 'patch', label: { en: 'Patch', es: 'Parche' } },
				{ key: 'injection', label: { en: 'Injection', es: 'Inyección' } }
			]
		},
		route: {
			type: 'choice',
			label: { en: 'Route', es: 'Vía' },
			open: true,
			options: [
				{ key: 'oral', label: { en: 'By mouth', es: 'Oral' } },
				{ key: 'sublingual', label: { en: 'Under the tongue', es: 'Sublingual' } },
				{ key: 'inhaled', label: { en: 'Inhaled', es: 'Inhalada' } },
				{ key: 'topical', label: { en: 'On the skin', es: 'Tópica' } },
				{ key: 'injected', label: { en: 'Injected', es: 'Inyectada' } },
				{ key: 'rectal', label: { en: 'Rectal', es: 'Rectal' } }
			]
		},
		dose: { type: 'number', label: { en: 'Dose', es: 'Dosis' }, units: amountUnits, min: 0, max: 100_000 },
		schedule: {
			type: 'schedule',
			label: { en: 'Days', es: 'Días' },
			start: 'started',
			initially: 'FREQ=DAILY',
			blank: { en: 'As needed', es: 'Si hace falta' }
		},
		times: {
			type: 'times',
			label: { en: 'Times', es: 'Horas' },
			hint: { en: 'By the clock on the wall, wherever you are.', es: 'Según el reloj de donde estés.' },
			initially: ['08:00']
		},
		started: { type: 'date', label: { en: 'Started', es: 'Comienzo' }, initially: 'today' },
		ended: { type: 'date', label: { en: 'Ends', es: 'Fin' }, notBefore: 'started' },
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			initially: 'active',
			options: [
				{ key: 'active', label: { en: 'Active', es: 'Activo' } },
				{ key: 'paused', label: { en: 'Paused', es: 'En pausa' } },
				{ key: 'ended', label: { en: 'Ended', es: 'Terminado' } }
			]
		},
		stock: {
			type: 'number',
			label: { en: 'Stock', es: 'Existencias' },
			hint: {
				en: 'What you have now. Each dose taken from then on is counted off.',
				es: 'Lo que tienes ahora. Cada dosis que tomes desde entonces se descuenta.'
			},
			units: amountUnits,
			unitOf: 'dose',
			min: 0,
			max: 1_000_000
		},
		countedAt: {
			type: 'date-time',
			label: { en: 'Stock counted at', es: 'Existencias contadas el' },
			floating: true,
			stampOf: ['stock']
		},
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'dose', 'schedule', 'times', 'status'],
		sort: { by: 'name' },
		filters: ['status', 'condition'],
		card: { detail: ['dose', 'schedule', 'times'], end: 'status' }
	},
	search: ['name', 'substance', 'condition', 'form', 'notes'],
	sheet: {
		name: { en: 'Medications', es: 'Medicamentos' },
		columns: [
			'name',
			'substance',
			'condition',
			'form',
			'route',
			'dose',
			'schedule',
			'times',
			'started',
			'ended',
			'status',
			'stock',
			'countedAt',
			'notes'
		]
	}
});
