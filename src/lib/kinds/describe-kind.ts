import type { Kind } from './define-kind.ts';
import type { Field } from './field.ts';
import { label } from './label.ts';

/** A field as a form or a list shows it, in one language. */
export interface FieldView {
	readonly key: string;
	readonly field: Field;
	readonly label: string;
	readonly hint: string | undefined;
	readonly required: boolean;
}

export interface ColumnView extends FieldView {
	/** Amounts and numbers stand at the end of their column. */
	readonly atEnd: boolean;
}

/** A form's fields in their order. */
export function formFields(kind: Kind, locale: string): FieldView[] {
	return Object.entries(kind.fields).map(([key, field]) => view(key, field, locale));
}

/** A list's columns in their order. */
export function listColumns(kind: Kind, locale: string): ColumnView[] {
	return columns(kind, kind.list.columns, locale);
}

/** The columns of the kind's sheet in an export, in their order. */
export function sheetColumns(kind: Kind, locale: string): ColumnView[] {
	return columns(kind, kind.sheet.columns, locale);
}

function columns(kind: Kind, keys: readonly string[], locale: string): ColumnView[] {
	return keys.flatMap((key) => {
		const field = kind.fields[key];
		if (field === undefined) return [];
		return [{ ...view(key, field, locale), atEnd: field.type === 'money' || field.type === 'number' }];
	});
}

function view(key: string, field: Field, locale: string): FieldView {
	return {
		key,
		field,
		label: label(field, locale),
		hint: field.hint && label(field.hint, locale),
		required: field.required ?? false
	};
}
