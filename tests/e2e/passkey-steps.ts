import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Turns two-step verification on by a passkey of this device, in Settings; gives the ten recovery codes. */
export async function addFirstPasskey(page: Page): Promise<string[]> {
	await page.goto('/settings/security');
	await button(page, 'Add a passkey').click();
	// The form has a button of the same name: it is there with its field.
	await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
	await button(page, 'Add a passkey').click();
	await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeFocused();
	const codes = await page
		.getByRole('listitem')
		.filter({ hasText: /^[\dA-Z]{4}(-[\dA-Z]{4}){5}$/ })
		.allTextContents();
	await button(page, 'I have saved them').click();
	return codes;
}

/** What a passkey signs next reaches the server with another last byte, once. */
export async function spoilNextSignature(page: Page, path: string): Promise<void> {
	await page.route(
		path,
		(route) => {
			const text = route.request().postData() ?? '';
			const postData = text.replace(/("signature":"[^"]*)(..)"/, (_, before: string, last: string) =>
				last === 'AA' ? `${before}BB"` : `${before}AA"`
			);
			return route.continue({ postData });
		},
		{ times: 1 }
	);
}

/** Signs out, in Settings. */
export async function signOut(page: Page): Promise<void> {
	await page.goto('/settings');
	await button(page, 'Sign out').first().click();
	await expect(page).toHaveURL(/\/sign-in/);
}
