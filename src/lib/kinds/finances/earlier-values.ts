import type { RowsField } from '../field.ts';

/**
 * What something was worth on earlier days, so that net worth can be told over time: a value that a later one replaces
 * goes here by itself.
 * @param value key of the money field that says what it is worth
 * @param on key of the date field that says when it was
 */
export function earlierValues(value: string, on: string) {
	return {
		type: 'rows',
		label: { en: 'Earlier values', es: 'Valores anteriores' },
		one: { en: 'Earlier value', es: 'Valor anterior' },
		hint: {
			en: 'A value that a later one replaces comes here by itself.',
			es: 'El valor que sustituyes por uno posterior pasa aquí por sí solo.'
		},
		of: {
			on: { type: 'date', label: { en: 'Date', es: 'Fecha' }, required: true },
			value: { type: 'money', label: { en: 'Value', es: 'Valor' }, required: true, currencyOf: value }
		},
		former: { on, value }
	} as const satisfies RowsField;
}
