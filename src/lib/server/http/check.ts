import * as v from 'valibot';
import type { FieldError } from '../../api/problem.ts';
import { refuse } from './refusal.ts';

/** How many wrong fields one answer names. */
const MOST_ERRORS = 20;

/**
 * The value, checked and cleaned by a schema.
 * @throws Refusal `request/invalid` that names each wrong field.
 */
export function check<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
	const checked = v.safeParse(schema, value);
	if (checked.success) return checked.output;
	throw refuse('request/invalid', { errors: fieldErrors(checked.issues) });
}

/** What is wrong, field by field, with a pointer into the body (RFC 6901, as a fragment). */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): FieldError[] {
	return issues.slice(0, MOST_ERRORS).map(({ path, message, received }) => {
		const keys = (path ?? []).map(({ key }) => String(key).slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1'));
		const missing = received === 'undefined' && keys.length > 0;
		return { pointer: ['#', ...keys].join('/'), detail: missing ? 'is missing' : message };
	});
}
