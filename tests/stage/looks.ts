import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './browser-test.ts';

/** What of axe depends on the colours alone. */
const colours = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the page as it stands, a line each. Axe stays in the page ("legacy mode"): its other way opens a blank
 * page for every run, which is for frames of other origins, and Arca has none.
 * @param only `colours`: by no other rules than those
 */
export async function findingsOn(page: Page, only?: 'colours'): Promise<string[]> {
	// A message that is fading in has not its colours yet.
	await settle(page);
	// Where axe is in the page already, an empty statement is sent in its place.
	const isThere = await page.evaluate(() => 'axe' in window);
	const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) }).setLegacyMode();
	// What it found right is not read here, and telling it in full would take as long again.
	axe.options({ resultTypes: ['violations'] });
	const { violations } = await (only ? axe.withRules(colours) : axe).analyze();
	return violations.map(({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes[0]?.html ?? ''}`);
}

/** Axe finds nothing on the page as it stands. */
export async function expectNoFindings(page: Page): Promise<void> {
	expect.soft(await findingsOn(page)).toEqual([]);
}

/** Axe finds nothing in the light and the dark: what does not hang on the colours is looked at once. */
export async function expectNoFindingsInBoth(page: Page): Promise<void> {
	await page.emulateMedia({ colorScheme: 'light' });
	await expectNoFindings(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	expect.soft(await findingsOn(page, 'colours'), 'in the dark').toEqual([]);
	await page.emulateMedia({ colorScheme: 'light' });
	await settle(page);
}

/** Nothing of the page lies beyond the edge of the screen. */
export async function expectToFit(page: Page): Promise<void> {
	const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect.soft(over, `${new URL(page.url()).pathname} is wider than the screen`).toBeLessThanOrEqual(0);
}

/**
 * Whatever can be seen of these is large enough to be touched: 44 px.
 * @param selector CSS
 * @param sides what has to be: a line of text may be as wide as it is
 */
export async function expectTouchable(page: Page, selector: string, sides: 'height' | 'both' = 'both'): Promise<void> {
	const small = await page.evaluate(
		([wanted, which]) =>
			[...document.querySelectorAll(wanted)].flatMap((node) => {
				const { width, height } = node.getBoundingClientRect();
				const isSeen = width > 0 && height > 0 && node.checkVisibility({ visibilityProperty: true });
				return isSeen && (which === 'both' ? Math.min(width, height) : height) < 44 ? node.outerHTML : [];
			}),
		[selector, sides] as const
	);
	expect(small).toEqual([]);
}

/** Colours that are on their way have arrived, and what was fading is gone. */
export async function settle(page: Page): Promise<void> {
	await page.evaluate(async () => {
		// What was put on the page just now begins to change with the frame after its first.
		for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
		const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
		await Promise.allSettled(changing.map(({ finished }) => finished));
	});
}

/** Axe finds nothing on the page in the light and the dark, and all of it fits a phone and a laptop. ARCA_SHOTS names a folder for pictures. */
export async function lookAt(page: Page, name: string): Promise<void> {
	await expectNoFindingsInBoth(page);
	for (const [colorScheme, width] of [
		['light', 390],
		['dark', 1280]
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 844 });
		await settle(page);
		await expectToFit(page);
		if (process.env.ARCA_SHOTS) await page.screenshot({ path: join(process.env.ARCA_SHOTS, `${name}-${width}.png`) });
	}
	await page.emulateMedia({ colorScheme: 'light' });
}
