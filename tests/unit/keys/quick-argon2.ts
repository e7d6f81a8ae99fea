import { readFile } from 'node:fs/promises';
import type { Argon2 } from '../../../src/lib/crypto/kdf.ts';
import { Argon2Memory } from '../../../src/lib/keys/argon2.ts';
import type { Argon2Cost, Grow } from '../../../src/lib/keys/argon2.ts';

/** One derivation, in a memory of its own. */
export async function argon2id(
	module: WebAssembly.Module,
	password: Uint8Array,
	salt: Uint8Array,
	cost: Argon2Cost,
	grow?: Grow
): ReturnType<Argon2> {
	return (await Argon2Memory.make(module, grow)).derive(password, salt, cost);
}

/** Argon2id at its real cost, in Node. */
export const realArgon2: Argon2 = async (password, salt, params) => argon2id(await simd(), password, salt, params);

/**
 * Argon2id with 8 KiB instead of what is asked for: what stands around the derivation is tested many times over, and is
 * the same whatever it costs.
 */
export const quickArgon2: Argon2 = async (password, salt) =>
	argon2id(await simd(), password, salt, { m: 8, t: 1, p: 1 });

let compiled: Promise<WebAssembly.Module> | undefined;

function simd(): Promise<WebAssembly.Module> {
	const file = new URL('../../../node_modules/argon2-browser/dist/argon2-simd.wasm', import.meta.url);
	return (compiled ??= readFile(file).then((bytes) => WebAssembly.compile(bytes)));
}
