import { defineKind } from '../define-kind.ts';
import { metrics } from './metrics.ts';

/** Something measured about a body at one moment. */
export const bodyMetric = defineKind({
	name: 'body-metric',
	domain: 'health',
	version: 1,
	icon: 'activity',
	one: { en: 'Measurement', es: 'Medición' },
	many: { en: 'Measurements', es: 'Mediciones' },
	empty: {
		en: 'No measurements yet. Add your weight or blood pressure, and see over time where it is going.',
		es: 'Todavía no hay mediciones. Añade tu peso o tu presión arterial y verás cómo evoluciona.'
	},
	fields: {
		metric: {
			type: 'choice',
			label: { en: 'What is measured', es: 'Qué se mide' },
			required: true,
			options: metrics
		},
		name: {
			type: 'text',
			label: { en: 'Name', es: 'Nombre' },
			required: true,
			suggest: true,
			when: { field: 'metric', is: ['other'] }
		},
		value: {
			type: 'number',
			label: { en: 'Value', es: 'Valor' },
			required: true,
			units: [...new Set(metrics.flatMap(({ units }) => units))],
			by: { field: 'metric', cases: Object.fromEntries(metrics.map((metric) => [metric.key, metric])) }
		},
		measuredAt: {
			type: 'date-time',
			label: { en: 'Measured at', es: 'Medido el' },
			required: true,
			initially: 'now'
		},
		context: {
			type: 'choice',
			label: { en: 'When', es: 'Momento' },
			open: true,
			options: [
				{ key: 'fasting', label: { en: 'Fasting', es: 'En ayunas' } },
				{ key: 'after-meal', label: { en: 'After a meal', es: 'Después de comer' } },
				{ key: 'at-rest', label: { en: 'At rest', es: 'En reposo' } },
				{ key: 'after-exercise', label: { en: 'After exercise', es: 'Después de ejercicio' } },
				{ key: 'on-waking', label: { en: 'On waking', es: 'Al despertar' } },
				{ key: 'before-sleep', label: { en: 'Before sleep', es: 'Antes de dormir' } }
			]
		},
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } }
	},
	title: ['name', 'metric'],
	list: {
		columns: ['measuredAt', 'metric', 'value', 'context'],
		sort: { by: 'measuredAt', descending: true },
		filters: ['metric', 'measuredAt'],
		card: { detail: ['measuredAt', 'context'], end: 'value' }
	},
	search: ['metric', 'name', 'value', 'context', 'notes', 'measuredAt'],
	sheet: {
		name: { en: 'Body metrics', es: 'Medidas corporales' },
		columns: ['measuredAt', 'metric', 'name', 'value', 'context', 'notes']
	}
});
