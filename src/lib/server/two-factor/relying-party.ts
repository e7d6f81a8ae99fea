import { randomBytes } from 'node:crypto';
import type { Arca } from '../arca.ts';

/** How long a person has, in milliseconds; the database keeps what is to be signed for as long. */
export const TIMEOUT = 300_000;

/** EdDSA, ES256 and RS256: what is on people's devices (COSE algorithms, RFC 9053 and RFC 8812). */
export const ALGORITHMS = [-8, -7, -257];

/** A passkey as the database's functions give it. */
export interface KnownPasskey {
	/** Base64url. */
	credential: string;
	/** Joined by commas. */
	transports: string;
}

/** The place that passkeys are bound to: the host that people reach this server by, and the one origin that may ask for them. */
export function relyingParty({ settings }: Arca): { id: string; origin: string } {
	return { id: new URL(settings.origin).hostname, origin: settings.origin };
}

/** 256 random bits to be signed, base64url. */
export const drawChallenge = (): string => randomBytes(32).toString('base64url');

/** Passkeys as a browser takes them. */
export function asDescriptors(known: readonly KnownPasskey[]) {
	return known.map(({ credential, transports }) => ({
		id: credential,
		type: 'public-key' as const,
		transports: transports === '' ? [] : transports.split(',')
	}));
}
