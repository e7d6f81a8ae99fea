import { defineKind } from '../define-kind.ts';
import { earlierValues } from './earlier-values.ts';

/** Something of worth that is no money: a home, a car, a ring. */
export const asset = defineKind({
	name: 'asset',
	domain: 'finances',
	version: 1,
	icon: 'gem',
	one: { en: 'Asset', es: 'Bien' },
	many: { en: 'Assets', es: 'Bienes' },
	empty: {
		en: 'No assets yet. Add a home or a car with what it is worth, and it counts in your net worth.',
		es: 'Todavía no hay bienes. Añade una vivienda o un coche con su valor y contará en tu patrimonio.'
	},
	fields: {
		name: { type: 'text', label: { en: 'Name', es: 'Nombre' }, required: true },
		type: {
			type: 'choice',
			label: { en: 'Type', es: 'Tipo' },
			required: true,
			options: [
				{ key: 'property', label: { en: 'Property', es: 'Inmueble' } },
				{ key: 'vehicle', label: { en: 'Vehicle', es: 'Vehículo' } },
				{ key: 'valuables', label: { en: 'Valuables', es: 'Objetos de valor' } },
				{ key: 'business', label: { en: 'Business', es: 'Negocio' } },
				{ key: 'other', label: { en: 'Other', es: 'Otro' } }
			]
		},
		value: { type: 'money', label: { en: 'Value', es: 'Valor' }, required: true },
		valuedOn: {
			type: 'date',
			label: { en: 'Valued on', es: 'Valorado el' },
			initially: 'today',
			stampOf: ['value']
		},
		earlier: earlierValues('value', 'valuedOn'),
		acquiredOn: { type: 'date', label: { en: 'Acquired on', es: 'Adquirido el' } },
		cost: { type: 'money', label: { en: 'Cost', es: 'Coste' }, currencyOf: 'value' },
		notes: { type: 'long-text', label: { en: 'Notes', es: 'Notas' } },
		files: { type: 'files', label: { en: 'Files', es: 'Archivos' } }
	},
	title: ['name'],
	list: {
		columns: ['name', 'type', 'acquiredOn', 'valuedOn', 'value'],
		sort: { by: 'value', descending: true },
		filters: ['type', 'valuedOn'],
		sum: 'value',
		card: { detail: ['type', 'valuedOn'], end: 'value' }
	},
	search: ['name', 'type', 'notes', 'value'],
	sheet: {
		name: { en: 'Assets', es: 'Bienes' },
		columns: ['name', 'type', 'value', 'valuedOn', 'acquiredOn', 'cost', 'notes']
	}
});
