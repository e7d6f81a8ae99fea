import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { expectNoFindingsInBoth, expectToFit, expectTouchable } from '../stage/looks.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const fixtures = 'tests/fixtures';

/** Who imports, and where to. */
export interface Importer {
	api: PersonApi;
	entity: string;
	/** Record id of the account in euros. */
	account: string;
}

/** A person with an entity and an account, or without any, on the import screen. */
export async function beginImport(page: Page, hasAccount = true): Promise<Importer> {
	const giro = bodyOf('account', { name: 'Giro', type: 'current', currency: 'EUR', institution: 'Bank' });
	let account = '';
	const { api, entity } = await atHome(page, process.env.ARCA_E2E_URL, async (made) => {
		if (hasAccount) [account = ''] = await made.api.write(made.entity, [giro]);
	});
	// What another device wrote is on this one once Home shows it.
	if (hasAccount) await expect(page.getByRole('link', { name: /Giro/ })).toBeVisible();
	await page.goto(`/${entity}/import`);
	return { api, entity, account };
}

/** Chooses a fixture, or a file of the given text. */
export async function choose(page: Page, name: string, text?: string): Promise<void> {
	const folder = name.endsWith('.csv') ? 'bank' : 'ledger';
	const file =
		text === undefined ? `${fixtures}/${folder}/${name}` : { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
	await page.locator('input[type=file]').setInputFiles(file);
	await expect(page.getByRole('heading', { name: 'Preview' }).first()).toBeVisible();
}

export async function press(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).click();
}

export async function undo(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Undo this import/ }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
}

/** The screen as it stands, on a phone and a laptop: nothing for axe, light and dark, nothing beyond the edge or too small to touch. */
export async function look(page: Page): Promise<void> {
	for (const width of [1280, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await expectNoFindingsInBoth(page);
		await expectToFit(page);
		await expectTouchable(page, 'main :is(a, button, select, summary)');
	}
}
