import { expect, test } from '@playwright/test';
import { openBenchPage } from '../stage/bench-page.ts';
import type { BenchPage } from '../stage/bench-page.ts';
import type {} from './pages/keys.ts';

const PASSWORD = 'Sail-lantern 41 orchard velvet';

/** A page with the key worker, for the length of `work`; `memory` is the most WebAssembly may have, in pages of 64 KiB. */
async function withKeys(work: (bench: BenchPage) => Promise<void>, memory?: number): Promise<void> {
	const flags = memory === undefined ? [] : [`--js-flags=--wasm-max-mem-pages=${memory}`];
	const bench = await openBenchPage('tests/e2e/pages/keys.ts', flags);
	try {
		await work(bench);
	} finally {
		await bench.close();
	}
}

test.describe('the key worker in a browser', () => {
	test('what the fast Argon2 locked opens with the plain one, for the right password and the code', async () => {
		await withKeys(async ({ page }) => {
			const made = await page.evaluate((password) => keysPage.turnOn(password), PASSWORD);
			if (!('answer' in made)) throw new Error(made.code);
			const asked: string[] = [];
			page.on('response', (response) => void asked.push(new URL(response.url()).pathname));
			// Eight bytes that no runtime compiles: as where SIMD is not known.
			await page.route('**/argon2-simd*.wasm', (route) =>
				route.fulfill({ body: Buffer.from('0061736dff000000', 'hex') })
			);
			const unlock = (by: { password: string } | { recoveryCode: string }) =>
				page.evaluate(([keys, opener]) => keysPage.unlock(keys, opener), [made.answer, by] as const);
			expect(await unlock({ password: `${PASSWORD}!` })).toEqual({ code: 'crypto/cannot-open' });
			expect(new Set(asked.filter((path) => path.endsWith('.wasm'))).size, 'the plain one is asked for').toBe(2);
			expect(await unlock({ password: PASSWORD })).toEqual({ answer: ['kept'] });
			expect(await unlock({ recoveryCode: made.answer.recoveryCode })).toEqual({ answer: ['kept'] });
		});
	});

	test('says that memory is short, and does not try with less', async () => {
		await withKeys(async ({ page }) => {
			expect(await page.evaluate((password) => keysPage.turnOn(password), PASSWORD)).toEqual({
				code: 'keys/out-of-memory'
			});
		}, 800);
	});

	test('rejects whatever waits when it is ended, and when it cannot start', async () => {
		await withKeys(async ({ page }) => {
			const locked = 'keys/locked';
			expect(await page.evaluate(() => keysPage.closedInBetween())).toEqual([locked, locked, locked]);
			await page.route('**/key.worker*', (route) => route.abort());
			expect(await page.evaluate(() => keysPage.neverStarted())).toEqual({ code: locked, deaths: 1 });
		});
	});

	test("the browser's own base64url takes what ours takes, and refuses what it refuses", async () => {
		await withKeys(async ({ page }) => {
			const texts = [
				'',
				'A',
				'AA',
				'AB',
				'AAA',
				'AAB',
				'AAE',
				'AA==',
				'AA=',
				'A A',
				' AA',
				'AA\n',
				'A+',
				'A/',
				'é',
				'-_-_',
				'AAAAA'
			];
			expect(await page.evaluate((all) => keysPage.differences(all), texts)).toEqual([]);
		});
	});
});
