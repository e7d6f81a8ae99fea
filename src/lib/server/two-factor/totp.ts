import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** Codes as every app makes them (RFC 6238): HMAC-SHA-1, six digits, a new one each 30 seconds. */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** How many steps the two clocks may be apart, either way. */
const WINDOW = 1;

/** A new secret: 160 random bits, as RFC 4226 recommends. */
export function drawSecret(): Uint8Array<ArrayBuffer> {
	return new Uint8Array(randomBytes(20));
}

/**
 * The time step that a code is of, if it is one of this moment, the one before or the one after.
 * @param now milliseconds since 1970.
 * @returns whole steps of 30 seconds since 1970; null for a wrong code.
 */
export function stepOf(secret: Uint8Array<ArrayBuffer>, code: string, now: number): number | null {
	const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
	return delta === null ? null : Math.floor(now / 1000 / FORM.period) + delta;
}

/** The secret as a person types it into an app (base32, RFC 4648), and as the app scans it (`otpauth://`). */
export function writeSecret(secret: Uint8Array<ArrayBuffer>, email: string): { secret: string; uri: string } {
	const totp = totpOf(secret, email);
	return { secret: totp.secret.base32, uri: totp.toString() };
}

function totpOf(secret: Uint8Array<ArrayBuffer>, label = ''): TOTP {
	return new TOTP({ ...FORM, issuer: 'Arca', label, secret: new Secret({ buffer: secret.slice().buffer }) });
}
