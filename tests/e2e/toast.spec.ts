import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';

for (const [width, height] of [
	[390, 844],
	[1280, 900]
] as const)
	test(`what is said in passing covers nothing that can be pressed, ${width} wide`, async ({ page }) => {
		await page.setViewportSize({ width, height });
		await createAccount(page, newcomer());
		await page.getByLabel('Name', { exact: true }).fill('Casa');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.waitForURL(/\/[0-9a-f-]{36}$/);
		await page.goto(`${page.url()}/finances/account/new`);
		await page.getByLabel('Name', { exact: true }).fill('Wallet');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		const toast = page.locator('[data-sonner-toast]', { hasText: 'Saved: Wallet' });
		// Under the pointer it stays.
		await toast.hover();
		await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
		// It slides in from beyond the edge, and spreads once it is pointed at.
		await expect.poll(async () => (await toast.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
		await toast.evaluate((shown) => Promise.allSettled(shown.getAnimations().map((moving) => moving.finished)));
		const said = await toast.boundingBox();
		const under = [];
		for (const action of await page.locator('main').locator('a:visible, button:visible, input:visible').all()) {
			const box = await action.boundingBox();
			if (!said || !box) continue;
			const beside = box.x >= said.x + said.width || said.x >= box.x + box.width;
			const apart = box.y >= said.y + said.height || said.y >= box.y + box.height;
			if (!beside && !apart) under.push(await action.textContent());
		}
		expect(under).toEqual([]);
		// What ends a long page, such as "Continue", comes to stand at the lower edge.
		expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThan(height / 3);
	});

test('whoever goes elsewhere while a record is being saved stays there', async ({ page, baseURL }) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/${entity}/administration/task/new`);
	await page.getByLabel('Title').fill('Call the school');
	// Both at once: the record is not saved yet when the link is followed.
	await page.evaluate(() => {
		document.querySelector<HTMLElement>('main form button[type=submit]')?.click();
		document.querySelector<HTMLElement>('nav a[href$="/import"]')?.click();
	});
	await expect(page.getByText('Saved: Call the school')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible();
	await expect(page).toHaveURL(/\/import$/);
});
