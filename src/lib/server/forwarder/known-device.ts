import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readCookie, writeCookie } from './door-cookie.ts';

const NAME = 'arca-device';
/** A device may be known for several accounts, so each has a cookie of its own, whose name does not tell the account. */
const nameFor = (account: string) =>
	`${NAME}-${createHash('sha256').update(`arca/1 device of|${account}`).digest('base64url').slice(0, 11)}`;
const YEAR = 365 * 24 * 60 * 60;

/**
 * Devices that have signed in to an account before. Their failures are counted apart, so that nobody who shares their
 * address can lock them out.
 */
export interface Devices {
	/** The device's id if the request's cookie shows that it is known for this account. */
	known(account: string, cookies: string | null, secure: boolean): string | undefined;
	/** The cookie by which the device will be known for this account. */
	cookie(account: string, secure: boolean): string;
}

/** @param secret what the cookies' signing key is derived from. */
export function createDevices(secret: string): Devices {
	const key = createHmac('sha256', secret).update('arca/1 known device').digest();
	const sign = (account: string, id: string) => createHmac('sha256', key).update(`${id}|${account}`).digest();
	return {
		known(account, cookies, secure) {
			const value = readCookie(nameFor(account), cookies, secure) ?? '';
			const [, id, signature] = /^([\w-]{22})\.([\w-]{43})$/.exec(value) ?? [];
			if (!id || !signature) return undefined;
			return timingSafeEqual(Buffer.from(signature, 'base64url'), sign(account, id)) ? id : undefined;
		},
		cookie(account, secure) {
			const id = randomBytes(16).toString('base64url');
			const value = `${id}.${sign(account, id).toString('base64url')}`;
			return writeCookie(nameFor(account), value, YEAR, secure);
		}
	};
}
