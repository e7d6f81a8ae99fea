import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';

test('a year typed with two digits is this century’s once the field is left', async ({ page }) => {
	await createAccount(page, newcomer());
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	await page.goto(`${page.url()}/finances/account/new`);
	const part = (name: string) => page.getByRole('spinbutton', { name: new RegExp(name) });
	await part('day').click();
	await page.keyboard.type('050326');
	await expect(part('year')).toHaveText('0026');
	await page.keyboard.press('Tab');
	await expect(part('year')).toHaveText('2026');
	await expect(part('month')).toHaveText('03');
	await expect(part('day')).toHaveText('05');
});
