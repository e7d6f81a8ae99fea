import { categoryLabel } from './categories.ts';
import { formatDate, formatMoment, formatMonth, formatTime, isDate, isDateTime, isTime, isWallTime } from './dates.ts';
import type { Kind } from './define-kind.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { ChoiceField, Field, NumberField, RowsField } from './field.ts';
import { label } from './label.ts';
import { formatMeasure, isMeasure } from './measure.ts';
import { formatMoney, isMoney } from './money.ts';

/** What showing a value needs besides the value: whose words, and what a referenced record is called. */
export interface Look {
	readonly locale: string;
	/** The title of the record with this id; undefined when it is not there (any more). */
	readonly nameOf: (id: string) => string | undefined;
}

/** A value as a person reads it; empty for one that is blank or not what its field holds. */
export function displayValue(field: Field, value: unknown, look: Look): string {
	switch (field.type) {
		case 'text':
		case 'long-text':
			return typeof value === 'string' ? value : '';
		case 'date':
			if (!isDate(value)) return '';
			return field.wholeMonth ? formatMonth(value.slice(0, 7), look.locale) : formatDate(value, look.locale);
		case 'date-time':
			return isDateTime(value) || isWallTime(value) ? formatMoment(value, look.locale) : '';
		case 'times':
			return Array.isArray(value)
				? value
						.filter(isTime)
						.map((time) => formatTime(time, look.locale))
						.join(', ')
				: '';
		case 'money':
			return isMoney(value) ? formatMoney(value, look.locale) : '';
		case 'number':
			return displayNumber(field, value, look.locale);
		case 'choice':
			return typeof value === 'string' ? choiceLabel(field, value, look.locale) : '';
		case 'tags':
			return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string').join(', ') : '';
		case 'schedule':
			return typeof value === 'string' ? describeSchedule(value, look.locale) : '';
		case 'reference':
			return typeof value === 'string' ? (look.nameOf(value) ?? '') : '';
		case 'references':
		case 'files':
			return Array.isArray(value)
				? value
						.map((id) => look.nameOf(String(id)) ?? '')
						.filter((name) => name !== '')
						.join(', ')
				: '';
		case 'rows':
			return displayRows(field, value, look);
	}
}

/** What a record is called: the first of its kind's title fields that says something, else the kind's own name. */
export function titleOf(kind: Kind, values: Record<string, unknown>, look: Look): string {
	for (const keys of kind.title) {
		const texts = [keys].flat().map((key) => {
			const field = kind.fields[key];
			return field === undefined ? '' : displayValue(field, values[key], look);
		});
		if (texts.every((text) => text !== '')) return texts.join(' → ').split('\n', 1)[0] ?? '';
	}
	return label(kind.one, look.locale);
}

/** The words for a choice's key; a key not among its options is shown as it is. */
export function choiceLabel(field: ChoiceField, value: string, locale: string): string {
	const option = field.options.find(({ key }) => key === value);
	if (option !== undefined) return label(option, locale);
	return field.open ? categoryLabel(value, locale) : value;
}

function displayRows(field: RowsField, value: unknown, look: Look): string {
	if (!Array.isArray(value)) return '';
	return value
		.map((row: Record<string, unknown> | null) =>
			Object.entries(field.of)
				.map(([key, part]) => displayValue(part, row?.[key], look))
				.filter((text) => text !== '')
				.join(' ')
		)
		.join(' · ');
}

function displayNumber(field: NumberField, value: unknown, locale: string): string {
	if (!isMeasure(value)) return '';
	return field.scale && field.max !== undefined ? `${value.value}/${field.max}` : formatMeasure(value, locale);
}
