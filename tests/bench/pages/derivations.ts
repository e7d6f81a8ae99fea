/** Argon2id of the cost that a password has (64 MiB, three passes, one lane), by others. Times in milliseconds. */
import { argon2id } from 'hash-wasm';
import sodium from 'libsodium-wrappers-sumo';
import { encryptSessionKey, enums } from 'openpgp';
import { timed } from './timed.ts';

export function byHashWasm(password: string): Promise<number> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const cost = { parallelism: 1, iterations: 3, memorySize: 65_536, hashLength: 32 };
	return timed(() => argon2id({ password, salt, ...cost, outputType: 'binary' }));
}

export function byOpenpgp(password: string): Promise<number> {
	const s2kArgon2Params = { passes: 3, parallelism: 1, memoryExponent: 16 };
	const config = { s2kType: enums.s2k.argon2, s2kArgon2Params } as const;
	return timed(() => encryptSessionKey({ data: new Uint8Array(32), algorithm: 'aes256', passwords: password, config }));
}

export async function bySodium(password: string): Promise<number> {
	await sodium.ready;
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const { crypto_pwhash_ALG_ARGON2ID13: kind } = sodium;
	return timed(() => Promise.resolve(sodium.crypto_pwhash(32, password, salt, 3, 65_536 * 1_024, kind)));
}
