import type { EntityKind } from '../api/entity.ts';
import type { Label } from '../kinds/index.ts';

/** One identifying value of an entity; sealed with its name by the system layer. */
export interface EntityField {
	readonly key: string;
	readonly type: 'text' | 'date';
	readonly label: Label;
	/** Set where the value identifies or could be abused; the others are sensitive. */
	readonly tier?: 'highly sensitive';
}

/** What an entity can be, and which values tell who or what it is. */
export interface EntityKindData {
	readonly kind: EntityKind;
	readonly label: Label;
	readonly fields: readonly EntityField[];
}

const legalName: EntityField = { key: 'legalName', type: 'text', label: { en: 'Legal name', es: 'Nombre legal' } };
const born: EntityField = { key: 'birthDate', type: 'date', label: { en: 'Date of birth', es: 'Fecha de nacimiento' } };
const taxNumber: EntityField = {
	key: 'taxNumber',
	type: 'text',
	label: { en: 'Tax number', es: 'Número fiscal' },
	tier: 'highly sensitive'
};
const address: EntityField = { key: 'address', type: 'text', label: { en: 'Address', es: 'Dirección' } };

/** In the order in which they are offered. */
export const entityKinds: readonly EntityKindData[] = [
	{ kind: 'person', label: { en: 'Person', es: 'Persona' }, fields: [legalName, born, taxNumber] },
	{ kind: 'household', label: { en: 'Household', es: 'Hogar' }, fields: [address] },
	{
		kind: 'pet',
		label: { en: 'Pet', es: 'Mascota' },
		fields: [
			{ key: 'species', type: 'text', label: { en: 'Species', es: 'Especie' } },
			born,
			{ key: 'chipNumber', type: 'text', label: { en: 'Chip number', es: 'Número de chip' }, tier: 'highly sensitive' }
		]
	},
	{
		kind: 'company',
		label: { en: 'Company', es: 'Empresa' },
		fields: [
			legalName,
			taxNumber,
			{ key: 'founded', type: 'date', label: { en: 'Founded on', es: 'Fecha de constitución' } }
		]
	},
	{
		kind: 'property',
		label: { en: 'Property', es: 'Inmueble' },
		fields: [
			address,
			{
				key: 'landRegister',
				type: 'text',
				label: { en: 'Land register number', es: 'Referencia catastral' },
				tier: 'highly sensitive'
			}
		]
	},
	{
		kind: 'vehicle',
		label: { en: 'Vehicle', es: 'Vehículo' },
		fields: [
			{ key: 'plate', type: 'text', label: { en: 'Number plate', es: 'Matrícula' }, tier: 'highly sensitive' },
			{
				key: 'chassis',
				type: 'text',
				label: { en: 'Chassis number', es: 'Número de bastidor' },
				tier: 'highly sensitive'
			},
			{ key: 'registered', type: 'date', label: { en: 'First registered', es: 'Primera matriculación' } }
		]
	}
];

/** The data of one kind; undefined where a newer version of the app made a kind that this one does not know. */
export function entityKindOf(kind: string): EntityKindData | undefined {
	return entityKinds.find((one) => one.kind === kind);
}
