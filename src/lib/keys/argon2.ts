// Argon2id, version 0x13 (RFC 9106), by the WebAssembly of argon2-browser without its own loader, which makes texts of
// the key and keeps its memory. Here each derivation has a memory of its own, which is zero-filled and let go of.
import type { Bytes } from '../crypto/bytes.ts';
import { KeysError } from './keys-error.ts';

/** The two builds of the WebAssembly module, as they are compiled. */
export interface Argon2Builds {
	/** With 128-bit instructions: a third faster. */
	simd: () => Promise<WebAssembly.Module>;
	plain: () => Promise<WebAssembly.Module>;
}

/** Memory in KiB, passes, lanes. */
export interface Argon2Cost {
	m: number;
	t: number;
	p: number;
}

/** What the module exports; its names are as its compiler shortened them. */
interface Exports {
	/** memory */ c: WebAssembly.Memory;
	/** __wasm_call_ctors */ d(): void;
	/** malloc: an address, 0 where there is no room */ f(size: number): number;
	/** argon2_hash_ext: 0 where all went well, else a code of argon2.h */
	l(...values: number[]): number;
}

const HASH_BYTES = 32;
const ARGON2ID = 2;
const VERSION = 0x13;
const MEMORY_ALLOCATION_ERROR = -22;
const PAGE = 65_536;
const KIB = 1_024;
/** What the system gives memory by, at least. */
const SYSTEM_PAGE = 4 * KIB;

/** Chooses the fast build where the runtime compiles it. Asked once. */
export async function chooseArgon2({ simd, plain }: Argon2Builds): Promise<WebAssembly.Module> {
	try {
		return await simd();
	} catch (error) {
		if (error instanceof WebAssembly.CompileError) return plain();
		throw error;
	}
}

/** How memory grows, by pages of 64 KiB: tests say that there is none. */
export type Grow = (memory: WebAssembly.Memory, pages: number) => void;

/** The module with a memory of its own, for one derivation. */
export class Argon2Memory {
	readonly #exports: Exports;
	readonly #grow: Grow;

	private constructor(exports: Exports, grow: Grow) {
		[this.#exports, this.#grow] = [exports, grow];
	}

	/** Throws KeysError `keys/out-of-memory`. */
	static async make(
		module: WebAssembly.Module,
		grow: Grow = (memory, pages) => memory.grow(pages)
	): Promise<Argon2Memory> {
		// It calls neither before it is made.
		const of: Argon2Memory[] = [];
		const resize = (size: number): number => (of.every((made) => made.#resize(size)) ? 1 : 0);
		const copy = (to: number, from: number, length: number): void =>
			of.forEach((made) => made.#bytes.copyWithin(to, from, from + length));
		const { exports } = await instantiate(module, { a: { a: copy, b: resize } });
		const made = new Argon2Memory(exports, grow);
		of.push(made);
		exports.d();
		return made;
	}

	/**
	 * Takes the memory that a derivation of this cost uses from the system, which gives it page by page to whoever writes
	 * there first: that is a twelfth of the derivation. Where there is none it stays as it is.
	 */
	prepare({ m }: Pick<Argon2Cost, 'm'>): void {
		const from = this.#bytes.length;
		if (!this.#resize(from + m * KIB)) return;
		const bytes = this.#bytes;
		for (let at = from; at < bytes.length; at += SYSTEM_PAGE) bytes[at] = 0;
	}

	/**
	 * Argon2id(password, salt, m, t, p), 32 bytes, which the caller zero-fills. Nothing of it stays in memory, which is not
	 * to be used again.
	 * @throws KeysError `keys/out-of-memory` where this device does not give the memory. Less is never tried.
	 */
	derive(password: Uint8Array, salt: Uint8Array, { m, t, p }: Argon2Cost): Bytes {
		/** The part of memory that the module has zero-filled by itself: from, to. */
		let cleared: [number, number] = [0, 0];
		const place = (content: Uint8Array): number => {
			const at = this.#exports.f(Math.max(content.length, 1));
			if (at === 0) throw new KeysError('keys/out-of-memory');
			this.#bytes.set(content, at);
			return at;
		};
		try {
			const [passwordAt, saltAt, hashAt] = [place(password), place(salt), place(new Uint8Array(HASH_BYTES))];
			const code = this.#exports.l(
				...[t, m, p, passwordAt, password.length, saltAt, salt.length, hashAt, HASH_BYTES],
				// No encoded text, no secret, no associated data.
				...[0, 0, ARGON2ID, 0, 0, 0, 0, VERSION]
			);
			if (code === MEMORY_ALLOCATION_ERROR) throw new KeysError('keys/out-of-memory');
			if (code !== 0) throw new KeysError('keys/unavailable');
			// Its blocks stand right behind what was placed, and it wipes them (core.c, clear_internal_memory): to do so a second
			// time, and to touch what was never used, costs a twentieth of the whole.
			cleared = [hashAt + PAGE, hashAt + m * KIB - PAGE];
			return this.#bytes.slice(hashAt, hashAt + HASH_BYTES);
		} finally {
			this.#bytes.fill(0, 0, cleared[0]).fill(0, cleared[1]);
		}
	}

	get #bytes(): Bytes {
		return new Uint8Array(this.#exports.c.buffer);
	}

	/** Whether memory was made at least that large. */
	#resize(size: number): boolean {
		try {
			const missing = (size >>> 0) - this.#bytes.length;
			if (missing > 0) this.#grow(this.#exports.c, Math.ceil(missing / PAGE));
			return true;
		} catch {
			return false;
		}
	}
}

async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<{ exports: Exports }> {
	try {
		return (await WebAssembly.instantiate(module, imports)) as unknown as { exports: Exports };
	} catch (cause) {
		// A module that compiled fails here only for want of memory.
		throw new KeysError('keys/out-of-memory', { cause });
	}
}
