import { isCurrency } from './currency.ts';
import { isDate, isDateTime, isTime, isWallTime } from './dates.ts';
import type {
	ChoiceField,
	DateTimeField,
	Field,
	MoneyField,
	NumberField,
	NumberRange,
	RowsField,
	SimpleField
} from './field.ts';
import { isMeasure } from './measure.ts';
import { isMoney } from './money.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { isSchedule } from './schedule.ts';

/** The longest values, in characters (UTF-16 units) or entries. */
export const LIMITS = { text: 1000, longText: 20_000, tag: 100, tags: 50, times: 24, files: 100, rows: 100 } as const;

/** The largest amount in minor units, so that a few of them still have a sum that can be held. */
export const LARGEST_AMOUNT = 999_999_999_999_999;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a value counts as nothing filled in. */
export function isBlank(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * What is wrong with one value by itself; a blank one is only wrong where the field is required.
 * @param path where it stands, for the problem's `field`
 * @param newer the record was written by a newer version, whose choices may be more than those known here
 */
export function checkValue(field: Field, value: unknown, path: string, newer = false): Problem[] {
	if (isBlank(value)) return field.required ? [{ field: path, code: 'required' }] : [];
	if (field.type === 'rows') return checkRows(field, value, path, newer);
	const found = checkSimple(field, value, newer);
	if (found === null) return [];
	return [typeof found === 'string' ? { field: path, code: found } : { field: path, ...found }];
}

export type Found = ProblemCode | { code: ProblemCode; detail: Record<string, string | number> } | null;

function checkSimple(field: SimpleField, value: unknown, newer: boolean): Found {
	switch (field.type) {
		case 'text':
			return checkText(value, LIMITS.text);
		case 'long-text':
			return checkText(value, LIMITS.longText);
		case 'date':
			return isDate(value) ? null : 'date';
		case 'date-time':
			return checkMoment(field, value);
		case 'money':
			return checkMoney(field, value);
		case 'number':
			return checkNumber(field.by ? unionOf(field) : field, value);
		case 'choice':
			return checkChoice(field, value, newer);
		case 'tags':
			return checkTags(value);
		case 'times':
			return checkTimes(value);
		case 'schedule':
			return isSchedule(value) ? null : 'schedule';
		case 'reference':
			return typeof value === 'string' && UUID.test(value) ? null : 'reference';
		case 'references':
			return checkIds(value, 'reference');
		case 'files':
			return checkIds(value, 'files');
	}
}

function checkText(value: unknown, longest: number): Found {
	if (typeof value !== 'string') return 'text';
	return value.length > longest ? { code: 'too-long', detail: { longest } } : null;
}

function checkMoney(field: MoneyField, value: unknown): Found {
	if (!isMoney(value)) return 'money';
	if (!isCurrency(value.currency)) return 'currency';
	if (Math.abs(value.minor) > LARGEST_AMOUNT) return 'money-too-large';
	return value.minor < 0 && !field.signed ? 'negative' : null;
}

function checkMoment(field: DateTimeField, value: unknown): Found {
	return (field.floating ? isWallTime(value) : isDateTime(value)) ? null : 'date-time';
}

/** By itself a field whose range depends on another takes what any of its cases does, in one number or two. */
function unionOf({ units, min, max }: NumberField): NumberRange & { either: true } {
	return { units, either: true, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** What is wrong with a number, or two, for a range; `either` leaves open how many there are. */
export function checkNumber(range: NumberRange & { readonly either?: true }, value: unknown): Found {
	if (!isMeasure(value)) return 'number';
	if (!range.either && (value.second === undefined) !== (range.pair === undefined)) return 'pair';
	if (!range.units.includes(value.unit)) return 'unit';
	for (const each of value.second === undefined ? [value.value] : [value.value, value.second]) {
		if (range.min !== undefined && each < range.min) return { code: 'too-small', detail: { min: range.min } };
		if (range.max !== undefined && each > range.max) return { code: 'too-big', detail: { max: range.max } };
	}
	return null;
}

function checkChoice(field: ChoiceField, value: unknown, newer: boolean): Found {
	if (typeof value !== 'string') return 'choice';
	if (field.open || newer) return checkText(value, LIMITS.tag);
	return field.options.some(({ key }) => key === value) ? null : 'choice';
}

function checkTags(value: unknown): Found {
	if (!Array.isArray(value) || !value.every((tag) => typeof tag === 'string' && tag.trim() !== '')) return 'tags';
	if (new Set(value).size < value.length) return 'tags';
	if (value.some((tag: string) => tag.length > LIMITS.tag))
		return { code: 'too-long', detail: { longest: LIMITS.tag } };
	return value.length > LIMITS.tags ? { code: 'too-many', detail: { most: LIMITS.tags } } : null;
}

function checkTimes(value: unknown): Found {
	if (!Array.isArray(value) || !value.every(isTime) || new Set(value).size < value.length) return 'times';
	return value.length > LIMITS.times ? { code: 'too-many', detail: { most: LIMITS.times } } : null;
}

function checkIds(value: unknown, otherwise: 'reference' | 'files'): Found {
	if (!Array.isArray(value) || !value.every((id) => typeof id === 'string' && UUID.test(id))) return otherwise;
	return value.length > LIMITS.files ? { code: 'too-many', detail: { most: LIMITS.files } } : null;
}

function checkRows(field: RowsField, value: unknown, path: string, newer: boolean): Problem[] {
	if (!Array.isArray(value)) return [{ field: path, code: 'rows' }];
	if (value.length > LIMITS.rows) return [{ field: path, code: 'too-many', detail: { most: LIMITS.rows } }];
	return value.flatMap((row: unknown, index) => {
		const place = `${path}.${index}`;
		if (typeof row !== 'object' || row === null || Array.isArray(row)) return [{ field: place, code: 'rows' as const }];
		const parts = row as Record<string, unknown>;
		return Object.entries(field.of).flatMap(([key, part]) => checkValue(part, parts[key], `${place}.${key}`, newer));
	});
}
