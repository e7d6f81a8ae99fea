import { defineKind } from '../define-kind.ts';
import { paperFields, paperLists } from './paper-fields.ts';

const { columns, ...lists } = paperLists;

/** A paper of a car or a motorcycle: its inspection, its registration, its tax. */
export const vehiclePaper = defineKind({
	name: 'vehicle-paper',
	domain: 'administration',
	version: 1,
	icon: 'car',
	one: { en: 'Vehicle paper', es: 'Papel del vehículo' },
	many: { en: 'Vehicle papers', es: 'Papeles del vehículo' },
	empty: {
		en: 'No vehicle papers yet. Add the inspection or the road tax with the day it is due.',
		es: 'Todavía no hay papeles del vehículo. Añade la inspección técnica o el impuesto de circulación con el día en que vence.'
	},
	fields: paperFields,
	...lists,
	sheet: { name: { en: 'Vehicle papers', es: 'Papeles del vehículo' }, columns }
});
