// Row 26 of the attacks: a copy of a browser's profile, opened elsewhere, with the session that is in it.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption, unlock } from './encryption-steps.ts';
import { openProfile } from './open-profile.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const pageOf = async (browser: BrowserContext): Promise<Page> => browser.pages()[0] ?? (await browser.newPage());

test('a copied profile asks for the encryption password, and for a fingerprint that nobody else has; with the key kept on the device it opens everything, as was said', async ({}, info) => {
	test.setTimeout(240_000);
	const folder = await mkdtemp(join(tmpdir(), 'arca-copied-'));
	const [own, copied] = [join(folder, 'own'), join(folder, 'copied')];
	const open: BrowserContext[] = [];
	const opened = async (profile: string): Promise<Page> => {
		open.push(await openProfile(profile, info));
		return pageOf(open.at(-1) as BrowserContext);
	};
	const close = async () => {
		for (const browser of open.splice(0)) await browser.close();
	};
	/** What somebody sees who took a copy of the disk, and went to the list. */
	const thief = async (list: string, before?: (page: Page) => Promise<unknown>): Promise<Page> => {
		await close();
		await rm(copied, { recursive: true, force: true });
		await cp(own, copied, { recursive: true });
		const page = await opened(copied);
		await before?.(page);
		await page.goto(list);
		return page;
	};
	try {
		const page = await opened(own);
		const { entity } = await atHome(page, process.env.ARCA_E2E_URL);
		const { phrase } = await turnOnEncryption(page);
		const list = `/${entity}/health/condition`;
		await page.goto(`${list}/new`);
		await unlock(page, phrase);
		await page.getByLabel('Name', { exact: true }).fill('Migraine');
		await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Migraine').first()).toBeVisible();

		const stolen = await thief(list);
		await unlock(stolen, `${phrase}x`);
		await expect(stolen.getByText('This does not open the vault.')).toBeVisible({ timeout: 30_000 });
		await expect(stolen.getByText('Migraine')).toHaveCount(0);
		await close();

		const again = await opened(own);
		await withAuthenticator(again);
		await again.goto('/settings/security');
		await unlock(again, phrase);
		await again.getByRole('button', { name: 'Turn on fingerprint or face' }).click();
		await expect(again.getByRole('button', { name: 'Turn off fingerprint or face' })).toBeVisible({ timeout: 30_000 });
		await again.goto(list);
		await expect(again.getByText('Migraine').first(), 'it opens here').toBeVisible({ timeout: 30_000 });
		await close();
		// Even with an authenticator that verifies the thief.
		const elsewhere = await thief(list, withAuthenticator);
		await expect(elsewhere.getByText('did not confirm that it is you')).toBeVisible({ timeout: 90_000 });
		await expect(elsewhere.getByText('Migraine')).toHaveCount(0);
		await close();

		const plain = await opened(own);
		// Without one the browser's own dialog waits over the page, for somebody to dismiss it.
		await withAuthenticator(plain);
		await plain.goto('/settings/security');
		await plain.getByRole('button', { name: 'Use the encryption password' }).click();
		await unlock(plain, phrase);
		await plain.getByRole('button', { name: 'Keep the key here' }).click();
		const asked = plain.getByRole('alertdialog');
		await expect(asked).toContainText(/copies|copy/);
		await asked.getByRole('button', { name: 'Keep the key here' }).click();
		await expect(plain.getByText('The key is kept here')).toBeVisible();
		const everything = await thief(list);
		await expect(everything.getByText('Migraine').first()).toBeVisible({ timeout: 30_000 });
	} finally {
		await close();
		await rm(folder, { recursive: true, force: true });
	}
});
