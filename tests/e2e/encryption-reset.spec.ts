import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { signIn } from '../stage/newcomer.ts';
import { atSecurity } from './at-home.ts';
import { chooseOffered, showDueReset } from './encryption-steps.ts';

test(
	'a reset shows which parts get keys; a device that never saw them has the person look whether one is missing',
	{ tag: '@long' },
	async ({ page, baseURL, browser }) => {
		const { person } = await atSecurity(page, baseURL);
		const parts = (shown: Page) => shown.getByRole('region', { name: 'What gets a key of your own again' });
		await showDueReset(page);
		await expect(parts(page)).toContainText('Casa Ribera');
		await expect(parts(page)).toContainText('Health');
		await expect(page.getByLabel('Nothing is missing here')).toHaveCount(0);

		const context = await browser.newContext(baseURL ? { baseURL } : {});
		const other = await context.newPage();
		await signIn(other, person);
		await other.waitForURL(/\/unlock/);
		await showDueReset(other);
		await expect(parts(other)).toContainText('Health');
		await other.getByLabel('Your sign-in password').fill(person.password);
		await chooseOffered(other);
		const looked = other.getByLabel('Nothing is missing here');
		await other.getByRole('button', { name: 'Reset now' }).click();
		await expect(other.getByText('Look whether anything is missing first.')).toBeVisible();
		await expect(looked).toBeFocused();
		await looked.check();
		const refused = other.waitForResponse((answer) => answer.request().method() === 'PUT');
		await other.getByRole('button', { name: 'Reset now' }).click();
		expect((await refused).status()).toBe(403);
		await context.close();
	}
);
