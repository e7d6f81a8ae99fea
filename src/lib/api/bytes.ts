import * as v from 'valibot';
import { base64urlSchema } from './ids.ts';

/**
 * Exactly so many bytes, as base64url without padding.
 * @param size how many bytes.
 */
export function bytesSchema(size: number) {
	return v.pipe(base64urlSchema, v.length(Math.ceil((size * 4) / 3), `must be ${size} bytes`));
}

/**
 * Some bytes and not too many, as base64url without padding.
 * @param most the most bytes there may be.
 */
export function bytesUpTo(most: number) {
	return v.pipe(
		base64urlSchema,
		v.minLength(2, 'must not be empty'),
		v.maxLength(Math.ceil((most * 4) / 3), `is at most ${most} bytes`)
	);
}

/** A whole number that fits a column of four bytes; versions, generations, epochs and numbers of that kind. */
export function wholeSchema(from: number, to = 2_147_483_647) {
	return v.pipe(
		v.number('must be a number'),
		v.safeInteger('must be a whole number'),
		v.minValue(from, `is at least ${from}`),
		v.maxValue(to, `is at most ${to}`)
	);
}

/** A number of that kind from 1 as it stands in a query string. */
export const numberTextSchema = v.pipe(
	v.string('must be text'),
	v.regex(/^[1-9][0-9]{0,8}$/, 'must be a whole number from 1')
);
