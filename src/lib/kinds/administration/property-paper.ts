import { defineKind } from '../define-kind.ts';
import { paperFields, paperLists } from './paper-fields.ts';

const { columns, ...lists } = paperLists;

/** A paper of a home or a piece of land: its deed, its certificate, its tax. */
export const propertyPaper = defineKind({
	name: 'property-paper',
	domain: 'administration',
	version: 1,
	icon: 'house',
	one: { en: 'Property paper', es: 'Papel del inmueble' },
	many: { en: 'Property papers', es: 'Papeles del inmueble' },
	empty: {
		en: 'No property papers yet. Add the energy certificate or the property tax with the day it is due.',
		es: 'Todavía no hay papeles del inmueble. Añade el certificado energético o el impuesto del inmueble con el día en que vence.'
	},
	fields: paperFields,
	...lists,
	sheet: { name: { en: 'Property papers', es: 'Papeles del inmueble' }, columns }
});
