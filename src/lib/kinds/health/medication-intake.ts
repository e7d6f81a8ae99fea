import { defineKind } from '../define-kind.ts';
import { amountUnits } from './amounts.ts';

/** What became of one planned dose; the screen of today's medication makes one for each (see mark-dose.ts). */
export const medicationIntake = defineKind({
	name: 'medication-intake',
	domain: 'health',
	version: 1,
	icon: 'clipboard-check',
	one: { en: 'Dose', es: 'Toma' },
	many: { en: 'Doses', es: 'Tomas' },
	empty: {
		en: 'No doses yet. Tick them off under today’s medication, and they gather here.',
		es: 'Todavía no hay tomas. Márcalas en la medicación de hoy y se reunirán aquí.'
	},
	fields: {
		medication: {
			type: 'reference',
			label: { en: 'Medication', es: 'Medicamento' },
			required: true,
			to: ['medication'],
			initially: 'only'
		},
		plannedAt: {
			type: 'date-time',
			label: { en: 'Planned at', es: 'Prevista el' },
			required: true,
			floating: true,
			initially: 'now'
		},
		status: {
			type: 'choice',
			label: { en: 'Status', es: 'Estado' },
			required: true,
			initially: 'taken',
			options: [
				{ key: 'taken', label: { en: 'Taken', es: 'Tomada' } },
				{ key: 'skipped', label: { en: 'Skipped', es: 'Omitida' } },
				{ key: 'open', label: { en: 'Open', es: 'Pendiente' } }
			]
		},
		takenAt: {
			type: 'date-time',
			label: { en: 'Taken at', es: 'Tomada el' },
			hint: { en: 'Only when it was not the planned time.', es: 'Solo si no fue a la hora prevista.' },
			floating: true
		},
		dose: { type: 'number', label: { en: 'Dose', es: 'Dosis' }, units: amountUnits, min: 0, max: 100_000 },
		note: { type: 'text', label: { en: 'Note', es: 'Nota' } }
	},
	title: ['medication'],
	list: {
		columns: ['plannedAt', 'medication', 'dose', 'status', 'takenAt'],
		sort: { by: 'plannedAt', descending: true },
		filters: ['medication', 'status', 'plannedAt'],
		card: { detail: ['plannedAt', 'dose'], end: 'status' }
	},
	search: ['medication', 'status', 'note', 'plannedAt'],
	sheet: {
		name: { en: 'Doses', es: 'Tomas' },
		columns: ['plannedAt', 'medication', 'dose', 'status', 'takenAt', 'note']
	}
});
