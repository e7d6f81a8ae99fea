import type { EntityKind } from '../api/entity.ts';
import type { Field, Label } from '../kinds/index.ts';

type TextField = Extract<Field, { type: 'text' }>;
type DateField = Extract<Field, { type: 'date' }>;

/** Identifying values by key; sealed with the name by the system layer. */
type EntityFields = Readonly<Record<string, TextField | DateField>>;

/** What an entity can be, and which values tell who or what it is. */
export interface EntityKindData {
	readonly kind: EntityKind;
	readonly label: Label;
	readonly fields: EntityFields;
}

const highly = { tier: 'highly sensitive' } as const;
const legalName: TextField = { type: 'text', label: { en: 'Legal name', es: 'Nombre legal' } };
const birthDate: DateField = { type: 'date', label: { en: 'Date of birth', es: 'Fecha de nacimiento' } };
const taxNumber: TextField = { type: 'text', label: { en: 'Tax number', es: 'Número fiscal' }, ...highly };
const address: TextField = { type: 'text', label: { en: 'Address', es: 'Dirección' } };

/** In the order in which they are offered. */
export const entityKinds: readonly EntityKindData[] = [
	{ kind: 'person', label: { en: 'Person', es: 'Persona' }, fields: { legalName, birthDate, taxNumber } },
	{ kind: 'household', label: { en: 'Household', es: 'Hogar' }, fields: { address } },
	{
		kind: 'pet',
		label: { en: 'Pet', es: 'Mascota' },
		fields: {
			species: { type: 'text', label: { en: 'Species', es: 'Especie' } },
			birthDate,
			chipNumber: { type: 'text', label: { en: 'Chip number', es: 'Número de chip' }, ...highly }
		}
	},
	{
		kind: 'company',
		label: { en: 'Company', es: 'Empresa' },
		fields: {
			legalName,
			taxNumber,
			foundedOn: { type: 'date', label: { en: 'Founded on', es: 'Fecha de constitución' } }
		}
	},
	{
		kind: 'property',
		label: { en: 'Property', es: 'Inmueble' },
		fields: {
			address,
			landRegister: { type: 'text', label: { en: 'Land register number', es: 'Referencia catastral' }, ...highly }
		}
	},
	{
		kind: 'vehicle',
		label: { en: 'Vehicle', es: 'Vehículo' },
		fields: {
			plate: { type: 'text', label: { en: 'Number plate', es: 'Matrícula' }, ...highly },
			chassis: { type: 'text', label: { en: 'Chassis number', es: 'Número de bastidor' }, ...highly },
			registeredOn: { type: 'date', label: { en: 'First registered on', es: 'Primera matriculación' } }
		}
	}
];

/** The data of one kind; undefined where a newer version of the app made a kind that this one does not know. */
export function entityKindOf(kind: string): EntityKindData | undefined {
	return entityKinds.find((one) => one.kind === kind);
}
