import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';
import { chooseOffered, keepCode } from './encryption-steps.ts';

/** Goes to the step that asks for the password, and types the phrase that is offered. */
async function choosePhrase(page: Page): Promise<void> {
	await page.goto('/settings/security/turn-on');
	await page.getByLabel(/I understand/).check();
	await page.getByRole('button', { name: 'Continue' }).click();
	await chooseOffered(page);
}

test('who signed in more than five minutes ago types the sign-in password once more', async ({ page, baseURL }) => {
	await page.clock.install();
	const { person } = await atHome(page, baseURL);
	await page.clock.fastForward('05:00');
	await choosePhrase(page);
	const signIn = page.getByLabel('Your sign-in password');
	const turnOn = page.getByRole('button', { name: 'Turn on user encryption' });
	await turnOn.click();
	await expect(signIn).toBeFocused();
	await signIn.fill('not this one 4 Ana!');
	await turnOn.click();
	await expect(page.getByText('That is not your current password.')).toBeVisible();
	await signIn.fill(person.password);
	await turnOn.click();
	await keepCode(page);
	await expect(page.getByRole('heading', { name: 'User encryption is on' })).toBeVisible();
});

test('where the server finds the sign-in old, it is asked for, and what was chosen stays', async ({
	page,
	baseURL
}) => {
	const { person } = await atHome(page, baseURL);
	await choosePhrase(page);
	const signIn = page.getByLabel('Your sign-in password');
	await expect(signIn).toHaveCount(0);
	const problem = { type: '/problems/keys/fresh-sign-in', title: 'Sign in again first', status: 403 };
	await page.route('**/api/keys', (route) =>
		route.request().method() === 'PUT'
			? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) })
			: route.fallback()
	);
	const turnOn = page.getByRole('button', { name: 'Turn on user encryption' });
	await turnOn.click();
	await expect(signIn).toBeFocused({ timeout: 30_000 });
	await expect(page.getByText('You signed in more than five minutes ago.')).toBeVisible();
	await page.unroute('**/api/keys');
	await signIn.fill(person.password);
	await turnOn.click();
	await keepCode(page);
	await expect(page.getByRole('heading', { name: 'User encryption is on' })).toBeVisible();
});
