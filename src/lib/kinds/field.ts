import type { Label } from './label.ts';

interface Common {
	readonly label: Label;
	/** A sentence under the field, where the label alone would leave a person guessing. */
	readonly hint?: Label;
	readonly required?: true;
	/** Set where the value identifies a person or could be abused; every other field is sensitive. */
	readonly tier?: 'highly sensitive';
	/** Asked only where the choice field of that key has one of these answers; elsewhere it is not there. */
	readonly when?: { readonly field: string; readonly is: readonly string[] };
}

/** One answer of a choice; its key is what a record keeps. */
export interface Option {
	readonly key: string;
	readonly label: Label;
}

/** One line of text. `suggest` offers what was written in this field of other records. */
export interface TextField extends Common {
	readonly type: 'text';
	readonly suggest?: true;
}
export interface LongTextField extends Common {
	readonly type: 'long-text';
}
/** A calendar date without a zone, `YYYY-MM-DD`. */
export interface DateField extends Common {
	readonly type: 'date';
	readonly initially?: 'today';
	/** It stands for its whole month, and is written so. */
	readonly wholeMonth?: true;
	/** Key of a date field that may not be later than this one. */
	readonly notBefore?: string;
	/** Keys of fields: whoever changes one of them in a form and not this one means today. */
	readonly stampOf?: readonly string[];
}
/** A moment, RFC 3339 with an offset; where `floating`, the clock on the wall, `YYYY-MM-DDTHH:MM`, wherever one is. */
export interface DateTimeField extends Common {
	readonly type: 'date-time';
	readonly initially?: 'now';
	readonly floating?: true;
	/** Key of a moment that may not be later than this one. */
	readonly notBefore?: string;
	/** Keys of fields: whoever changes one of them in a form and not this one means now. */
	readonly stampOf?: readonly string[];
}
/** Times of a day, `HH:MM`, each once. */
export interface TimesField extends Common {
	readonly type: 'times';
	readonly initially?: readonly string[];
}
/** `{minor, currency}`: integer minor units and an ISO 4217 code. Below zero only when `signed`. */
export interface MoneyField extends Common {
	readonly type: 'money';
	readonly signed?: true;
	/** Key of the reference or currency field whose currency a new amount takes over. */
	readonly currencyOf?: string;
}
/** What numbers a field takes. */
export interface NumberRange {
	/** UCUM codes or plain words (see units.ts), the usual one first; `''` is a plain number. */
	readonly units: readonly string[];
	readonly min?: number;
	readonly max?: number;
	/** What its two numbers are, where it has two: `{value, second, unit}`. */
	readonly pair?: readonly [Label, Label];
}
/** `{value, unit}`, the unit one of a closed list. */
export interface NumberField extends Common, Omit<NumberRange, 'pair'> {
	readonly type: 'number';
	/** A few whole numbers from `min` to `max` to choose from, such as 0 to 10. */
	readonly scale?: true;
	/** Key of the number field whose unit a blank one takes over. */
	readonly unitOf?: string;
	/** By the answer of a choice field, which of the units and how much. */
	readonly by?: { readonly field: string; readonly cases: Readonly<Record<string, NumberRange>> };
}
/** The key of an option; with `open` also a person's own words. */
export interface ChoiceField extends Common {
	readonly type: 'choice';
	readonly options: readonly Option[];
	readonly open?: true;
	readonly initially?: string;
	/** What a list says where nothing is chosen, when that asks for attention. */
	readonly blank?: Label;
	/** The category of a movement, which its parts have instead where it is split. */
	readonly ofParts?: true;
}
/** A list of short texts without repeats. */
export interface TagsField extends Common {
	readonly type: 'tags';
}
/** An RFC 5545 RRULE; `start` is the key of the date field it counts from. */
export interface ScheduleField extends Common {
	readonly type: 'schedule';
	readonly start: string;
	readonly initially?: string;
	/** What no rule means. */
	readonly blank?: Label;
}
/** The id of a record of one of the kinds `to`. */
export interface ReferenceField extends Common {
	readonly type: 'reference';
	readonly to: readonly string[];
	/** Chosen from the start where there is only one to choose. */
	readonly initially?: 'only';
	/** Key of a reference that must name another record. */
	readonly differsFrom?: string;
}
/** Ids of records of the kinds `to`, each once. */
export interface ReferencesField extends Common {
	readonly type: 'references';
	readonly to: readonly string[];
}
/** Ids of file records. */
export interface FilesField extends Common {
	readonly type: 'files';
}
/** Several small groups of fields, such as the parts an expense splits into. */
export interface RowsField extends Common {
	readonly type: 'rows';
	/** What one of them is called; a part where nothing is said. */
	readonly one?: Label;
	readonly of: Readonly<Record<string, SimpleField>>;
	/** The money in `part` of all rows must add up to the money field `whole` of the record. */
	readonly addUp?: { readonly part: string; readonly whole: string };
	/** By its parts, the fields whose values make a row here when later ones replace them; `on` is the date of them. */
	readonly former?: Readonly<Record<string, string>> & { readonly on: string };
}

export type SimpleField =
	| TextField
	| LongTextField
	| DateField
	| DateTimeField
	| MoneyField
	| NumberField
	| ChoiceField
	| TagsField
	| ScheduleField
	| TimesField
	| ReferenceField
	| ReferencesField
	| FilesField;

/** The closed list of field types. A new one needs a check, a text and a form part; a new kind needs none of them. */
export type Field = SimpleField | RowsField;
export type FieldType = Field['type'];

/** The kinds a field can refer to. */
export function refersTo(field: Field): readonly string[] {
	return field.type === 'reference' || field.type === 'references' ? field.to : [];
}

/** How carefully a field's value must be handled. */
export function tierOf(field: Field): 'highly sensitive' | 'sensitive' {
	return field.tier ?? 'sensitive';
}

/** The two answers of a yes-or-no choice; forms draw it as one box to tick. */
export const yesOrNo: readonly Option[] = [
	{ key: 'yes', label: { en: 'Yes', es: 'Sí' } },
	{ key: 'no', label: { en: 'No', es: 'No' } }
];
