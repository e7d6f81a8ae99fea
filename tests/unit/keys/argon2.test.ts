import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/lib/crypto/hex.ts';
import { Argon2Memory, chooseArgon2 } from '../../../src/lib/keys/argon2.ts';
import { argon2id } from './quick-argon2.ts';

const build = async (file: string) =>
	WebAssembly.compile(await readFile(new URL(`../../../node_modules/argon2-browser/dist/${file}`, import.meta.url)));
const builds = { simd: () => build('argon2-simd.wasm'), plain: () => build('argon2.wasm') };
const text = (value: string) => new TextEncoder().encode(value);

// https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c: Argon2id, version 0x13.
const known = '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7';
const cost = { m: 65_536, t: 2, p: 1 };

describe('Argon2id by WebAssembly', () => {
	test.each(['simd', 'plain'] as const)('the %s build gives what the reference implementation gives', async (name) => {
		const hash = await argon2id(await builds[name](), text('password'), text('somesalt'), cost);
		expect(toHex(hash)).toBe(known);
	});

	test('the plain build is taken where the runtime does not compile the fast one, and only there', async () => {
		const plain = await builds.plain();
		const refuse = (error: Error) => ({ simd: () => Promise.reject(error), plain: () => Promise.resolve(plain) });
		expect(await chooseArgon2(refuse(new WebAssembly.CompileError('no SIMD')))).toBe(plain);
		await expect(chooseArgon2(refuse(new TypeError('not loaded')))).rejects.toThrow('not loaded');
	});

	test('where memory does not grow it is an error, and nothing weaker is tried', async () => {
		let asked = 0;
		const none = () => {
			asked += 1;
			throw new RangeError('no memory');
		};
		const module = await builds.simd();
		const failing = argon2id(module, text('password'), text('somesalt'), cost, none);
		await expect(failing).rejects.toMatchObject({ code: 'keys/out-of-memory' });
		// With less asked for it would have gone through: that is what must not be tried.
		const lowered = argon2id(module, text('password'), text('somesalt'), { m: 1024, t: 1, p: 1 }, none);
		await expect(lowered).resolves.toHaveLength(32);
		expect(asked).toBeGreaterThan(0);
		expect(toHex(await argon2id(module, text('password'), text('somesalt'), cost))).toBe(known);
	});

	test('what was prepared derives the same without asking for more memory, and where there is none it derives later', async () => {
		const asked: WebAssembly.Memory[] = [];
		const grow = (memory: WebAssembly.Memory, pages: number) => void (asked.push(memory), memory.grow(pages));
		const memory = await Argon2Memory.make(await builds.simd(), grow);
		memory.prepare(cost);
		expect(asked).toHaveLength(1);
		expect(toHex(memory.derive(text('password'), text('somesalt'), cost))).toBe(known);
		expect(asked).toHaveLength(1);
		const { buffer } = asked[0] as WebAssembly.Memory;
		expect(Buffer.from(buffer).equals(Buffer.alloc(buffer.byteLength))).toBe(true);
		const tight = await Argon2Memory.make(await builds.simd(), (its, pages) => {
			if (asked.push(its) === 2) throw new RangeError('no memory');
			its.grow(pages);
		});
		tight.prepare(cost);
		expect(toHex(tight.derive(text('password'), text('somesalt'), cost))).toBe(known);
	});

	test.each(['simd', 'plain'] as const)('nothing of a derivation stays in the memory of the %s build', async (name) => {
		const memories = new Set<WebAssembly.Memory>();
		const watch = (memory: WebAssembly.Memory, pages: number) => void (memories.add(memory), memory.grow(pages));
		await argon2id(await builds[name](), text('password'), text('somesalt'), cost, watch);
		expect(memories.size).toBe(1);
		for (const { buffer } of memories) expect(Buffer.from(buffer).equals(Buffer.alloc(buffer.byteLength))).toBe(true);
	});
});
