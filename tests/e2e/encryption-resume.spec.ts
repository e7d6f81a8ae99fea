import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

/** Lets a page ask so many times for what is left to be sealed and holds the next question; gives what lets more through. */
async function holdSealing(context: BrowserContext, first: number): Promise<(more: number) => void> {
	let left = first;
	await context.route('**/api/records/stale', async (route) => {
		if (left-- > 0) await route.continue();
	});
	return (more) => void (left = more);
}

test('sealing that was cut by closing the page goes on in a new one from where it was, and says how far it is', async ({
	page,
	context,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const notes = Array.from({ length: 250 }, (_, number) => bodyOf('note', { title: `Note ${number}` }));
	await api.write(entity, notes, 'health');
	const letThrough = await holdSealing(context, 1);
	const { phrase } = await turnOnEncryption(page);
	await expect(page.getByText('100 of 250', { exact: true })).toBeVisible();
	await expect(page.getByText('Under your key; what was there before is being sealed')).toBeVisible();
	await page.close();

	letThrough(1);
	const next = await context.newPage();
	await next.goto('/settings/security');
	await unlock(next, phrase);
	await expect(next.getByText('100 of 150', { exact: true })).toBeVisible({ timeout: 30_000 });
	await next.close();

	letThrough(Infinity);
	const last = await context.newPage();
	await last.goto('/settings/security');
	await unlock(last, phrase);
	await expect(last.getByText('Under your key, number 1, since')).toBeVisible({ timeout: 30_000 });
	await last.getByRole('link', { name: 'Health', exact: true }).first().click();
	await last
		.getByRole('main')
		.getByRole('link', { name: /^Notes/ })
		.click();
	await expect(last.getByRole('main').getByRole('status')).toHaveText('250 notes');
	await last.getByRole('link', { name: /^Note 0\b/ }).click();
	await expect(last.getByText('Sealed with your key, then by the server')).toBeVisible();
});
