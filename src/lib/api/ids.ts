import * as v from 'valibot';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
const LARGEST = 9223372036854775807n;

/** An id: a UUID, lower case, as every id travels. */
export const uuidSchema = v.pipe(v.string('must be text'), v.regex(UUID, 'must be a lower-case UUID'));

/** A number that may pass 2^53 (`seq`, `rev`, `base`, `after`): decimal text without sign or leading zero, at most 2^63 - 1. */
export const decimalSchema = v.pipe(
	v.string('must be text'),
	v.regex(DECIMAL, 'must be a whole number written as text, such as "0"'),
	v.check((text) => !DECIMAL.test(text) || BigInt(text) <= LARGEST, 'is too large')
);

/** Bytes: base64url without padding, in the one spelling each byte string has. */
export const base64urlSchema = v.pipe(
	v.string('must be text'),
	v.regex(/^[A-Za-z0-9_-]*$/, 'must be base64url without padding'),
	v.check(isCanonicalBase64url, 'must be base64url in its canonical form')
);

/** The four parts of a life that records are kept in; a member may hold some of them. */
export const domainSchema = v.picklist(
	['health', 'finances', 'administration', 'chat'],
	'must be health, finances, administration or chat'
);

export const roleSchema = v.picklist(['owner', 'administrator', 'analyst', 'member', 'viewer']);

/** A JSON object of whatever members: no list, which an object's schema alone would let pass. */
export const membersSchema = v.custom<{ [member: string]: unknown }>(
	(value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	'must be an object'
);

/** An instant as the server tells it (RFC 3339). */
export const instantSchema = v.string();

export type Domain = v.InferOutput<typeof domainSchema>;
export type Role = v.InferOutput<typeof roleSchema>;

/** Whether the text is how the bytes it stands for would be written: no impossible length, no stray bits in its last character. */
function isCanonicalBase64url(text: string): boolean {
	const rest = text.length % 4;
	if (rest === 1) return false;
	if (rest === 0) return true;
	const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(text.charAt(text.length - 1));
	return (last & (rest === 2 ? 0b1111 : 0b11)) === 0;
}
