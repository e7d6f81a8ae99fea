import plainUrl from 'argon2-browser/dist/argon2.wasm?url';
import simdUrl from 'argon2-browser/dist/argon2-simd.wasm?url';
import type { Bytes } from '../crypto/bytes.ts';
import { defaultParameters } from '../crypto/kdf.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { Argon2Memory, chooseArgon2 } from './argon2.ts';
import { KeysError } from './keys-error.ts';

let chosen: Promise<WebAssembly.Module> | undefined;
/** For the next derivation. */
let prepared: Argon2Memory | undefined;

/** Argon2id in the worker: the WebAssembly comes from this origin, or from what the service worker keeps of it. */
export const argon2: Argon2 = Object.assign(derive, { prepare });

async function derive(...[password, salt, params]: Parameters<Argon2>): Promise<Bytes> {
	const memory = prepared ?? (await newMemory());
	prepared = undefined;
	return memory.derive(password, salt, params);
}

/** Loads it, and takes the memory of the next derivation. Throws KeysError `keys/unavailable`, `keys/out-of-memory`. */
async function prepare(): Promise<void> {
	if (prepared) return;
	const memory = await newMemory();
	memory.prepare(defaultParameters);
	prepared = memory;
}

async function newMemory(): Promise<Argon2Memory> {
	chosen ??= chooseArgon2({ simd: () => compile(simdUrl), plain: () => compile(plainUrl) });
	chosen.catch(() => (chosen = undefined));
	return Argon2Memory.make(await chosen);
}

async function compile(url: string): Promise<WebAssembly.Module> {
	let bytes: ArrayBuffer;
	try {
		bytes = await (await fetch(url)).arrayBuffer();
	} catch (cause) {
		throw new KeysError('keys/unavailable', { cause });
	}
	return WebAssembly.compile(bytes);
}
