import {
	categoryFrom,
	checkValues,
	isAsked,
	isBlank,
	isMoneyProblem,
	parseMoney,
	separatorsOf,
	type Field,
	type Kind,
	type Problem,
	type SimpleField
} from '../kinds/index.ts';
import { PARTIAL_DATE, UNKNOWN, type Draft, type DraftValue, type TypedNumber } from './draft.ts';

export interface Reading {
	/** The kind's values as they would be kept; what could not be read is missing here and named in `problems`. */
	readonly values: Record<string, unknown>;
	/** In the order of the form. */
	readonly problems: readonly Problem[];
}

/**
 * Reads what was typed into values and says everything that is wrong with them.
 * @param locale how amounts and numbers were written
 * @param newer the record was written by a newer version than this one
 */
export function readDraft(kind: Kind, draft: Draft, locale: string, newer = false): Reading {
	const typed: Problem[] = [];
	const values = readParts(kind.fields, draft, locale, '', typed);
	// What could not be read would also be reported as missing: the first sentence for a place is the right one.
	const seen = new Set(typed.map(({ field }) => field));
	const checked = checkValues(kind, values, newer).filter(({ field }) => !seen.has(field));
	return { values, problems: inOrder(kind, [...typed, ...checked]) };
}

function readParts(
	fields: Readonly<Record<string, Field>>,
	draft: Draft,
	locale: string,
	path: string,
	problems: Problem[]
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(fields)) {
		if (!isAsked(field, draft)) continue;
		const place = `${path}${key}`;
		const value =
			field.type === 'rows'
				? rowsOf(draft[key]).map((row, index) => ({
						...unknownOf(row),
						...readParts(field.of, row, locale, `${place}.${index}.`, problems)
					}))
				: readOne(field, draft[key], locale, place, problems);
		if (!isBlank(value)) values[key] = value;
	}
	return values;
}

function readOne(
	field: SimpleField,
	typed: DraftValue | undefined,
	locale: string,
	place: string,
	problems: Problem[]
): unknown {
	switch (field.type) {
		case 'money':
			return isTyped(typed) ? readMoney(typed, locale, place, problems) : undefined;
		case 'number':
			return isTyped(typed) ? readMeasure(typed, locale, place, problems) : undefined;
		case 'choice':
			return typeof typed === 'string' && field.open ? categoryFrom(typed, field.options) : typed;
		case 'date':
			if (typed !== PARTIAL_DATE) return typed;
			problems.push({ field: place, code: 'date' });
			return undefined;
		case 'date-time':
			return typeof typed === 'string' && !field.floating ? readMoment(typed) : typed;
		case 'text':
			return typeof typed === 'string' ? typed.trim() : typed;
		case 'long-text':
			return typeof typed === 'string' ? typed.trimEnd() : typed;
		default:
			return typed;
	}
}

function readMoney(typed: TypedNumber, locale: string, place: string, problems: Problem[]): unknown {
	if (typed.text.trim() === '') return undefined;
	const money = parseMoney(typed.text, typed.of, locale);
	if (!isMoneyProblem(money)) return money;
	problems.push({ field: place, code: money.code, detail: { currency: typed.of } });
	return undefined;
}

function readMeasure(typed: TypedNumber, locale: string, place: string, problems: Problem[]): unknown {
	const [first, second] = [typed.text, typed.second ?? ''].map((text) => text.trim().replace(/\s/gu, ''));
	if (first === '' && second === '') return undefined;
	const value = readNumber(first ?? '', locale);
	if (second === '' && value !== null) return { value, unit: typed.of };
	const other = readNumber(second ?? '', locale);
	if (value !== null && other !== null) return { value, second: other, unit: typed.of };
	problems.push({ field: place, code: first === '' ? 'pair' : 'number' });
	return undefined;
}

/** The number a text without spaces says, as the locale writes it; null where it says none. */
function readNumber(bare: string, locale: string): number | null {
	const { decimal, group } = separatorsOf(locale);
	const grouped = group !== undefined && new RegExp(`^[-+]?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}|$)`).test(bare);
	const plain = (grouped ? bare.replaceAll(group, '') : bare).replace(',', '.').replace('\u2212', '-');
	return /^[-+]?(\d+(\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : null;
}

function readMoment(typed: string): string | undefined {
	const moment = new Date(typed);
	return typed === '' || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function inOrder(kind: Kind, problems: Problem[]): Problem[] {
	const keys = Object.keys(kind.fields);
	const place = ({ field }: Problem): number => keys.indexOf(field.split('.', 1)[0] ?? '');
	return problems.sort((a, b) => place(a) - place(b));
}

function isTyped(value: DraftValue | undefined): value is TypedNumber {
	return typeof value === 'object' && !Array.isArray(value) && typeof value.text === 'string';
}

function rowsOf(value: DraftValue | undefined): Draft[] {
	return Array.isArray(value) ? value.filter((row): row is Draft => typeof row === 'object') : [];
}

function unknownOf(row: Draft): Record<string, unknown> {
	const kept = row[UNKNOWN];
	return typeof kept === 'string' ? (JSON.parse(kept) as Record<string, unknown>) : {};
}
