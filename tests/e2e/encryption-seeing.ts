import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoFindings, expectToFit, expectTouchable } from '../stage/looks.ts';

/** How screens are looked at: a size, a light, a language. */
export interface Look {
	name: string;
	viewport: { width: number; height: number };
	colorScheme: 'light' | 'dark';
	locale: 'en-GB' | 'es-ES';
}

const phone = { width: 390, height: 844 };
const laptop = { width: 1280, height: 900 };

/** The first two have every size, light and language; all four, each language in each size. */
export const looks: readonly Look[] = [
	{ name: 'phone', viewport: phone, colorScheme: 'light', locale: 'en-GB' },
	{ name: 'laptop', viewport: laptop, colorScheme: 'dark', locale: 'es-ES' },
	{ name: 'dark-phone', viewport: phone, colorScheme: 'dark', locale: 'es-ES' },
	{ name: 'light-laptop', viewport: laptop, colorScheme: 'light', locale: 'en-GB' }
];

/** The language of a look, as messages take it. */
export function languageOf({ locale }: Look): { locale: 'en' | 'es' } {
	return { locale: locale === 'en-GB' ? 'en' : 'es' };
}

/** Axe finds nothing, it fits, what can be touched is large enough; a picture where asked. */
export async function seeing(page: Page, look: Look, name: string): Promise<void> {
	const folder = process.env.ARCA_SHOTS;
	if (folder) await page.screenshot({ path: join(folder, `${look.name}-security-${name}.png`), fullPage: true });
	await expectNoFindings(page);
	await expectToFit(page);
	await expectTouchable(page, 'main :is(a, button, select, input:not([type=radio], [type=checkbox]))', 'height');
}
