import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/database-test.ts';
import { newcomer, signIn } from '../stage/newcomer.ts';
import { readWorkbook } from '../stage/read-workbook.ts';
import { atHome } from './at-home.ts';
import { bodyOf, newPersonApi } from './person-api.ts';

/** All that is in the workbook that the page makes. */
async function taken(page: Page): Promise<string> {
	const begun = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Make the file' }).click();
	return JSON.stringify(readWorkbook(await readFile(await (await begun).path())));
}

test('of a domain that somebody may not open any more nothing is in what they take out', async ({
	page,
	browser,
	baseURL,
	sql
}) => {
	let house = '';
	await atHome(page, baseURL, async ({ api, entity }) => {
		house = entity;
		await api.write(entity, [bodyOf('condition', { name: 'Canary migraine', status: 'active' })], 'health');
		const amount = { minor: 1234, currency: 'EUR' };
		await api.write(entity, [bodyOf('expense', { date: '2026-01-05', amount, payee: 'Sol' })]);
	});
	const mark = newcomer();
	const own = await newPersonApi(baseURL ?? '', mark);
	await own.createEntity('Mark');
	await sql`insert into memberships (entity_id, user_id, role, domains)
		values (${house}, ${own.user}, 'analyst', '{health,finances}')`;
	const context = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'block' });
	const his = await context.newPage();
	await signIn(his, mark, `/settings/export?entity=${house}`);
	await his.getByRole('radio', { name: /Health report/ }).check();
	expect(await taken(his), 'while they may open it').toContain('Canary migraine');

	await sql`update memberships set domains = '{finances}' where user_id = ${own.user} and entity_id = ${house}`;
	await his.reload();
	await his.getByRole('radio', { name: /Health report/ }).check();
	await expect(his.getByRole('checkbox', { name: 'Mark' })).toBeVisible();
	await expect(his.getByRole('checkbox'), 'of one entity alone').toHaveCount(1);
	await his.getByRole('checkbox').check();
	expect(await taken(his)).not.toContain('Canary');
	for (const what of [/Financial snapshot/, /Financial movements/]) {
		await his.getByRole('button', { name: 'Export something else' }).click();
		await his.getByRole('radio', { name: what }).check();
		await his.getByRole('checkbox', { name: 'Mark' }).uncheck();
		const all = await taken(his);
		expect(all).not.toContain('Canary');
		expect(all.includes('Sol')).toBe(what.source.includes('movements'));
	}
	await context.close();
});
