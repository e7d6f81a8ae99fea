import { isAsked, rangeOf } from './asked.ts';
import { checkNumber, checkValue, isBlank } from './check-value.ts';
import { isDateTime } from './dates.ts';
import type { Kind } from './define-kind.ts';
import type { Field, RowsField } from './field.ts';
import { isMoney, type Money } from './money.ts';
import type { Problem } from './problem.ts';
import { kindOf } from './registry.ts';

export interface CheckResult {
	readonly ok: boolean;
	readonly problems: readonly Problem[];
}

/**
 * Everything wrong with a body before it is sealed, or after it was opened. Unknown members, unknown fields and unknown
 * kinds are no problem: they belong to another version and are kept. A deletion needs no values.
 * @param body what claims to be a record's body
 * @returns problems in the order of the form's fields
 */
export function checkBody(body: unknown): CheckResult {
	const problems = isBody(body) ? checkKnown(body) : [{ field: '', code: 'body' as const }];
	return { ok: problems.length === 0, problems };
}

/** What is wrong with a kind's values, as `checkBody` says it. */
export function checkValues(kind: Kind, values: Record<string, unknown>, newer = false): Problem[] {
	return Object.entries(kind.fields).flatMap(([key, field]) => {
		if (!isAsked(field, values)) return [];
		const alone = checkValue(field, values[key], key, newer);
		return alone.length > 0 ? alone : checkTogether(field, key, values);
	});
}

interface Body {
	kind: string;
	version: number;
	values: Record<string, unknown>;
	meta: Record<string, unknown>;
}

function isBody(body: unknown): body is Body {
	if (!isObject(body)) return false;
	return (
		typeof body.kind === 'string' &&
		/^[a-z][a-z0-9-]{0,59}$/.test(body.kind) &&
		Number.isSafeInteger(body.version) &&
		(body.version as number) >= 1 &&
		isObject(body.values) &&
		isObject(body.meta) &&
		isDateTime(body.meta.at) &&
		(body.meta.deleted === undefined || body.meta.deleted === true)
	);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkKnown(body: Body): Problem[] {
	const kind = kindOf(body.kind);
	if (kind === undefined || body.meta.deleted === true) return [];
	return checkValues(kind, body.values, body.version > kind.version);
}

/** Rules between fields; a value that is missing or wrong by itself has its own problem already. */
function checkTogether(field: Field, key: string, values: Record<string, unknown>): Problem[] {
	const value = values[key];
	if (isBlank(value)) return [];
	if (field.type === 'date' && field.notBefore !== undefined) {
		const earliest = values[field.notBefore];
		if (typeof earliest === 'string' && String(value) < earliest) return [{ field: key, code: 'date-order' }];
	}
	if (field.type === 'date-time' && field.notBefore !== undefined) {
		const earliest = values[field.notBefore];
		if (typeof earliest === 'string' && Date.parse(String(value)) < Date.parse(earliest)) {
			return [{ field: key, code: 'date-order' }];
		}
	}
	if (field.type === 'reference' && field.differsFrom !== undefined && value === values[field.differsFrom]) {
		return [{ field: key, code: 'same-reference' }];
	}
	if (field.type === 'number' && field.by !== undefined) {
		const range = rangeOf(field, values);
		const found = range && checkNumber(range, value);
		if (found) return [typeof found === 'string' ? { field: key, code: found } : { field: key, ...found }];
	}
	if (field.type === 'rows' && field.addUp !== undefined) return checkSum(field.addUp, key, value, values);
	return [];
}

function checkSum(
	{ part, whole }: NonNullable<RowsField['addUp']>,
	key: string,
	rows: unknown,
	values: Record<string, unknown>
): Problem[] {
	const total = values[whole];
	if (!isMoney(total) || !Array.isArray(rows)) return [];
	const parts = rows.map((row: Record<string, unknown>) => row[part]).filter(isMoney);
	const strange = parts.findIndex(({ currency }) => currency !== total.currency);
	if (strange >= 0) return [{ field: `${key}.${strange}.${part}`, code: 'currency' }];
	const over = difference(parts, total);
	if (over === 0n) return [];
	return [{ field: key, code: 'sum', detail: { over: String(over), currency: total.currency } }];
}

/** In minor units, below zero when the parts fall short; exact whatever their size. */
function difference(parts: readonly Money[], total: Money): bigint {
	return parts.reduce((sum, { minor }) => sum + BigInt(minor), 0n) - BigInt(total.minor);
}
