import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import type { ElementHandle } from 'puppeteer-core';
import { PATIENCE, find, pick, until } from './pilot.ts';
import type { Pilot, Sought } from './pilot.ts';

/** Firefox by WebDriver BiDi, with a profile of its own that goes with it. */
export async function firefox(executablePath: string): Promise<Pilot> {
	const profile = await mkdtemp(join(tmpdir(), 'arca-firefox-'));
	const browser = await launch({ browser: 'firefox', executablePath, headless: true, userDataDir: profile });
	const page = await browser.newPage();
	page.setDefaultTimeout(PATIENCE);
	await page.setViewport({ width: 1280, height: 900 });

	const get = (sought: Sought, name: string): Promise<ElementHandle> =>
		until(
			`${sought} "${name}"`,
			async () => (await page.evaluateHandle(find, sought, name)).asElement() as ElementHandle
		);

	return {
		browser: await browser.version(),
		open: async (url) => void (await page.goto(url)),
		address: () => Promise.resolve(page.url()),
		reload: async () => void (await page.reload()),
		click: async (sought, name) => (await get(sought, name)).click(),
		async type(label, text) {
			const field = await get('field', label);
			await field.click({ count: 3 });
			await page.keyboard.press('Delete');
			await field.type(text);
		},
		async choose(label, option) {
			await until(`"${option}" in "${label}"`, async () => {
				const field = await get('field', label);
				return (await page.evaluate(pick, field, option)) || null;
			});
		},
		async upload(path) {
			await ((await get('file', '')) as ElementHandle<HTMLInputElement>).uploadFile(path);
		},
		sees: async (sought, name) => void (await get(sought, name)),
		run: (work) => page.evaluate(work),
		async close() {
			await browser.close();
			await rm(profile, { recursive: true, force: true });
		}
	};
}
