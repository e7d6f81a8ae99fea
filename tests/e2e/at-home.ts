import type { Page } from '@playwright/test';
import { createAccount, newcomer, type Newcomer } from '../stage/newcomer.ts';
import { personApi } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

/** A new person with one entity, on its Home; and the interface to fill it by. */
export async function atHome(page: Page, baseURL = ''): Promise<{ api: PersonApi; entity: string; person: Newcomer }> {
	const person = newcomer();
	await createAccount(page, person, baseURL);
	await page.getByLabel('Name', { exact: true }).fill('Casa Ribera');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	return { api: await personApi(baseURL, person), entity: page.url().slice(-36), person };
}
