import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { atHome } from './at-home.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Goes on by Tab, and the focus is on each of these in turn. */
async function tabThrough(page: Page, stops: readonly Locator[]): Promise<void> {
	for (const stop of stops) {
		await page.keyboard.press('Tab');
		await expect(stop).toBeFocused();
	}
}

test('user encryption is turned on, locked and unlocked by keyboard alone; every step begins where one reads on', async ({
	page,
	baseURL
}) => {
	await atHome(page, baseURL);
	await page.goto('/settings/security');
	const begin = page.getByRole('link', { name: 'Turn on user encryption' });
	await begin.focus();
	await page.keyboard.press('Enter');
	const understood = page.getByLabel(/I understand/);
	await expect(understood).toBeVisible();
	await expectNoFindings(page);
	await understood.focus();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(understood, 'what is missing gets the focus').toBeFocused();
	await page.keyboard.press('Space');
	await tabThrough(page, [button(page, 'Continue')]);
	await page.keyboard.press('Enter');

	await expect(heading(page, 'Encryption password')).toBeFocused();
	const offered = page.getByRole('status', { name: 'Your phrase' });
	await expect(offered).toHaveText(/\w-\w/);
	const phrase = (await offered.textContent())?.trim() ?? '';
	const again = page.getByLabel('Type it again');
	await tabThrough(page, [
		page.getByRole('radio', { name: /A phrase made for you/ }),
		button(page, 'Copy'),
		button(page, 'Another phrase'),
		again
	]);
	await expectNoFindings(page);
	await page.keyboard.press('Enter');
	await expect(again, 'what is missing gets the focus').toBeFocused();
	await page.keyboard.insertText(phrase);
	await page.keyboard.press('Enter');

	await expect(heading(page, 'Recovery code')).toBeFocused({ timeout: 60_000 });
	await expectNoFindings(page);
	const code = (await page.getByText(/^(?:[0-9A-Z]{4}-){8}[0-9A-Z*~$=]$/).textContent())?.trim() ?? '';
	await tabThrough(page, [button(page, 'Copy'), button(page, 'Print'), button(page, 'I have kept it')]);
	await page.keyboard.press('Enter');
	const fields = page.getByLabel(/^Group \d of the code$/);
	await expect(fields.first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Type this group.').first()).toBeVisible();
	await expect(fields.first(), 'what is missing gets the focus').toBeFocused();
	await expectNoFindings(page);
	for (const field of await fields.all()) {
		await expect(field).toBeFocused();
		const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
		await page.keyboard.insertText(code.split('-')[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
		await page.keyboard.press('Tab');
	}
	await expect(button(page, 'Check')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(heading(page, 'User encryption is on')).toBeFocused();
	await expectNoFindings(page);
	await page.keyboard.press('Control+Shift+L');

	const password = page.getByLabel('Encryption password');
	await expect(password).toBeFocused();
	await expectNoFindings(page);
	await tabThrough(page, [
		button(page, 'Show what is typed'),
		button(page, 'Unlock'),
		button(page, 'Use the recovery code'),
		page.getByRole('link', { name: 'Lost the password and the code?' }),
		button(page, 'Sign out')
	]);
	await button(page, 'Use the recovery code').focus();
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Recovery code')).toBeFocused();
	await expectNoFindings(page);
	await button(page, 'Use the encryption password').focus();
	await page.keyboard.press('Enter');
	await expect(password).toBeFocused();
	await page.keyboard.insertText(phrase);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Unlock', { timeout: 30_000 });
});
