import plainUrl from 'argon2-browser/dist/argon2.wasm?url';
import simdUrl from 'argon2-browser/dist/argon2-simd.wasm?url';
import type { Argon2 } from '../crypto/kdf.ts';
import { argon2id, chooseArgon2 } from './argon2.ts';
import { KeysError } from './keys-error.ts';

let chosen: Promise<WebAssembly.Module> | undefined;

/** Argon2id in the worker: the WebAssembly comes from this origin, or from what the service worker keeps of it. */
export const argon2: Argon2 = async (password, salt, params) => {
	chosen ??= chooseArgon2({ simd: () => compile(simdUrl), plain: () => compile(plainUrl) });
	chosen.catch(() => (chosen = undefined));
	return argon2id(await chosen, password, salt, params);
};

async function compile(url: string): Promise<WebAssembly.Module> {
	let bytes: ArrayBuffer;
	try {
		bytes = await (await fetch(url)).arrayBuffer();
	} catch (cause) {
		throw new KeysError('keys/unavailable', { cause });
	}
	return WebAssembly.compile(bytes);
}
