import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/database-test.ts';
import { atHome } from './at-home.ts';
import { chooseOffered, keepCode, turnOnEncryption, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a day after it was asked for, a reset begins anew with other keys; a day after that, the earlier ones are erased', async ({
	page,
	baseURL,
	sql
}) => {
	test.setTimeout(240_000);
	const { api, entity, person } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('note', { title: 'Written before' })], 'health');
	const { phrase } = await turnOnEncryption(page);
	await expect(page.getByText('Under your key, number 1, since')).toBeVisible({ timeout: 30_000 });
	// What is not sealed by then is not lost by a reset: here it is.
	const plain = async () => (await sql`select id from records where generation is null`).length;
	await expect.poll(plain).toBe(0);
	await page.getByRole('link', { name: 'Reset user encryption' }).click();
	await expect(page.getByText(/One record .* becomes unreadable/)).toBeVisible();
	await page.getByLabel('Type “begin anew”').fill('begin anew');
	await button(page, 'Ask for the reset').click();
	await expect(page.getByText(/^Asked for: .* It can be finished from/)).toBeVisible();
	await page.reload();
	await expect(page.getByText(/^Asked for: .* It can be finished from/), 'not before the day is over').toBeVisible();

	await sql`update key_resets set asked_at = now() - interval '24 hours', due_at = now()`;
	await page.reload();
	await page.getByLabel('Your sign-in password').fill(person.password);
	const anew = await chooseOffered(page);
	await button(page, 'Reset now').click();
	await keepCode(page);

	await page.goto(`/${entity}/health/note/new`);
	await unlock(page, phrase);
	await expect(page.getByText('This does not open the vault.')).toBeVisible({ timeout: 30_000 });
	await unlock(page, anew);
	await page.getByLabel('Title').fill('Written after');
	await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('link', { name: /Written after/ })).toBeVisible();
	await page.getByRole('link', { name: 'Health', exact: true }).first().click();
	await expect(page.getByText('One record is sealed with a key that you do not hold')).toBeVisible();
	await expect(page.getByText('Written before', { exact: true })).toHaveCount(0);

	await page.goto('/settings/security');
	await unlock(page, anew);
	const kept = async () => (await sql`select version from user_keys`).length;
	const erase = async () => {
		await button(page, 'Erase earlier keys').click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Erase earlier keys' }).click();
		await expect(page.getByText(/erased/).last()).toBeVisible();
	};
	await erase();
	expect(await kept(), 'keys of the last day are kept for whoever was robbed').toBe(2);
	// Keys are never changed, which a trigger holds: the day goes by with it out of the way.
	await sql.begin((day) => [
		day`set local session_replication_role = replica`,
		day`update user_keys set at = at - interval '25 hours'`
	]);
	await page.reload();
	await unlock(page, anew);
	await erase();
	await expect.poll(kept).toBe(1);
});
