import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { changePassword, keepCode, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

const WRONG = 'This does not open the vault.';

const confirm = (page: Page, name: string) => page.getByRole('alertdialog').getByRole('button', { name }).click();

test('finances are put under the person’s key, then under a new one, and each record says so', async ({
	page,
	baseURL
}) => {
	const { entity, api, phrase } = await atSecurity(page, baseURL);
	const purse = (name: string) => bodyOf('account', { name, type: 'cash', currency: 'EUR' });
	const [account] = await api.write(entity, ['Purse', 'Jar', 'Box'].map(purse));
	const finances = page
		.getByRole('listitem')
		.filter({ hasText: 'Finances' })
		.filter({ hasText: /key|server/ });
	await expect(finances).toContainText('Sealed by the server alone');
	await page.getByRole('button', { name: 'Switch on: Finances, Casa Ribera' }).click();
	await confirm(page, 'Switch on');
	await expect(finances).toContainText('Under your key, number 1, since', { timeout: 30_000 });
	await page.getByRole('button', { name: 'New key: Finances, Casa Ribera' }).click();
	await confirm(page, 'New key');
	await expect(finances).toContainText('Under your key, number 2, since', { timeout: 30_000 });
	await page.goto(`/${entity}/finances/account/${account}`);
	await unlock(page, phrase);
	await page.getByText('Sealed with your key, then by the server').click();
	await expect(page.getByText('You. The signature holds.')).toBeVisible();
	await expect(page.getByText('You alone.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'As it lies in the database' })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'As your browser sealed it' })).toBeVisible();
	await expect(page.getByText('Generation 2 of the key of this part.')).toBeVisible();
	expect(
		(await api.pull(entity)).map(({ plain }) => plain),
		'the server gives nothing in the clear'
	).toEqual([undefined, undefined, undefined]);
});

test(
	'the recovery code is made anew, and revoked, for nobody who lacks the sign-in password',
	{ tag: '@long' },
	async ({ page, baseURL }) => {
		const { person, code } = await atSecurity(page, baseURL);
		await page.getByRole('button', { name: 'Make a new one' }).click();
		await page.getByLabel('Your sign-in password').fill('another password');
		await page.getByRole('button', { name: 'Make a new one' }).click();
		await expect(page.getByText('That is not your current password.')).toBeVisible();
		await page.getByLabel('Your sign-in password').fill(person.password);
		await page.getByRole('button', { name: 'Make a new one' }).click();
		expect(await keepCode(page)).not.toBe(code);
		await page.getByRole('button', { name: 'Revoke', exact: true }).click();
		await page.getByLabel('Your sign-in password').fill(person.password);
		await page.getByRole('button', { name: 'Revoke', exact: true }).click();
		await expect(page.getByText(/There is none/)).toBeVisible({ timeout: 30_000 });
	}
);

test('after a change the password before opens nothing, and the new one everything', async ({ page, baseURL }) => {
	const { person, phrase } = await atSecurity(page, baseURL);
	const { phrase: next } = await changePassword(page, person.password);
	await page.reload();
	await unlock(page, phrase);
	await expect(page.getByText(WRONG)).toBeVisible({ timeout: 30_000 });
	await unlock(page, next);
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible({ timeout: 30_000 });
});

test('a reset is asked for with a typed word, waits a day, and is cancelled from any screen', async ({
	page,
	baseURL
}) => {
	const { phrase } = await atSecurity(page, baseURL);
	await page.reload();
	await page.getByRole('link', { name: 'Lost the password and the code?' }).click();
	await expect(page.getByText('nothing becomes unreadable')).toBeVisible();
	await page.getByLabel('Type “begin anew”').fill('yes');
	await page.getByRole('button', { name: 'Ask for the reset' }).click();
	await expect(page.getByText('Type exactly these words.')).toBeVisible();
	await page.getByLabel('Type “begin anew”').fill('Begin anew');
	await page.getByRole('button', { name: 'Ask for the reset' }).click();
	await expect(page.getByText(/^Asked for: .* It can be finished from/)).toBeVisible();
	await page.getByRole('link', { name: 'Back' }).click();
	await expect(page.getByText('A reset of your user encryption was asked for')).toBeVisible();
	await unlock(page, phrase);
	await expect(
		page.getByRole('heading', { name: 'All entities' }).or(page.getByRole('heading', { level: 1 }))
	).toBeVisible();
	await page.getByRole('button', { name: 'Cancel the reset' }).click();
	await expect(page.getByText('A reset of your user encryption was asked for')).toHaveCount(0);
});
