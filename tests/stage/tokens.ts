import { createHmac } from 'node:crypto';

/** What an access token says of whose it is. */
export interface Claims {
	sub: string;
	session_id: string;
	exp: number;
	[claim: string]: unknown;
}

/** A part of a token (RFC 7515): JSON as base64url. */
export const tokenPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function claimsOf(token: string): Claims {
	return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

/** A token of these claims, signed as the backend signs (HS256). */
export function signedToken(claims: object, secret: string): string {
	const text = `${tokenPart({ alg: 'HS256', typ: 'JWT' })}.${tokenPart(claims)}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
