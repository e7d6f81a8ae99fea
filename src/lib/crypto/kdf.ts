// What a root key is derived from a password with. The server keeps parameters and salt, and so may lie about both.
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { writeU32 } from './u32.ts';

/** Argon2id's cost (RFC 9106): memory in KiB, passes over it, lanes. All zero in slots that derive no password. */
export interface KdfParameters {
	m: number;
	t: number;
	p: number;
}

/**
 * Argon2id version 0x13 with 32 bytes of output. The key worker gives it, because its WebAssembly has to be loaded. It
 * rejects when memory is short, and never tries with less.
 */
export interface Argon2 {
	(password: Bytes, salt: Bytes, parameters: KdfParameters): Promise<Bytes>;
	/** Makes ready for the next one, while what is derived from is still awaited. */
	prepare?: () => Promise<void>;
}

/** The cost of a new password: memory and passes of RFC 9106's second recommended option, in one lane. */
export const defaultParameters: Readonly<KdfParameters> = { m: 65_536, t: 3, p: 1 };

/** The parameters of the slots recovery and device, whose keys are random. */
export const noParameters: Readonly<KdfParameters> = { m: 0, t: 0, p: 0 };

export const saltSize = 16;

const floor = defaultParameters;
const ceiling: Readonly<KdfParameters> = { m: 1_048_576, t: 16, p: 16 };
const names = ['m', 't', 'p'] as const;

/**
 * Holds that a password may be derived with these parameters. To be asked before deriving: a lowered cost makes guessing
 * cheap, a huge one ends the tab, a chosen salt lets tables made for it be used.
 * @param seen the highest parameters this device has seen for the account; each of the three is compared on its own.
 * @throws CryptoError `crypto/kdf-parameters` when one is no whole number, below the floor of version 1, below what was
 * seen or above the ceiling, or when the salt is not 16 bytes.
 */
export function checkParameters(parameters: KdfParameters, salt: Uint8Array, seen: KdfParameters = floor): void {
	const allowed = names.every((name) => {
		const given = parameters[name];
		return Number.isInteger(given) && given >= floor[name] && given >= seen[name] && given <= ceiling[name];
	});
	if (!allowed || salt.length !== saltSize) throw new CryptoError('crypto/kdf-parameters');
}

/** The highest of each: what a device keeps as seen. */
export function highestParameters(one: KdfParameters, other: KdfParameters): KdfParameters {
	return { m: Math.max(one.m, other.m), t: Math.max(one.t, other.t), p: Math.max(one.p, other.p) };
}

/** P of the format: salt(16) m u32 t u32 p u32. */
export function parameterBytes({ m, t, p }: KdfParameters, salt: Bytes): Bytes {
	const numbers = new Uint8Array(12);
	writeU32(m, numbers, 0);
	writeU32(t, numbers, 4);
	writeU32(p, numbers, 8);
	return joinBytes(salt, numbers);
}
