import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer, signIn } from '../stage/newcomer.ts';
import { choose, press } from './importer.ts';
import { openProfile } from './open-profile.ts';

const csv = 'Date,Payee,Amount\n2024-01-15,Corner Grocery,-42.17\n2024-01-16,City Bus,-1.50\n';
const ofx = `OFXHEADER:100
DATA:OFXSGML
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240210<TRNAMT>-81.02<FITID>F1<NAME>Power company</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;
const qif = '!Type:Bank\nD2024-03-03\nT-12.00\nPBookshop\n^\n';

/** Takes a file in as a person does, and waits until its movements are there. */
async function importFile(page: Page, entity: string, name: string, text: string, count: number): Promise<void> {
	await page.goto(`/${entity}/import`);
	await choose(page, name, text);
	const account = page.getByRole('combobox', { name: 'Account', exact: true });
	if ((await account.inputValue()) === '') await account.selectOption({ label: 'Giro' });
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText(count === 1 ? '1 movement imported' : `${count} movements imported`)).toBeVisible();
}

/** What the list of expenses says: payees and amounts in order of the screen. */
async function expenses(page: Page, entity: string): Promise<string[]> {
	await page.goto(`/${entity}/finances/expense`);
	await expect(page.getByRole('heading', { name: 'Expenses' })).toBeVisible();
	await expect(page.getByRole('row').nth(1)).toBeVisible();
	return (await page.getByRole('row').allInnerTexts()).slice(1).map((text) => text.replace(/\s+/g, ' ').trim());
}

async function retitle(page: Page, from: string, to: string): Promise<void> {
	await page.getByRole('link', { name: new RegExp(from) }).click();
	await page.getByRole('combobox', { name: /^Payee/ }).fill(to);
	await press(page, 'Save');
	await expect(page.getByRole('heading', { name: 'Expenses' })).toBeVisible();
}

test('two devices of one account: what one does offline and over a restart is on both, and nothing is lost or doubled', async ({
	page: laptop
}, info) => {
	const profile = await mkdtemp(join(tmpdir(), 'arca-phone-'));
	let phone = await openProfile(profile, info);
	try {
		const ana = newcomer();
		let page = phone.pages()[0] ?? (await phone.newPage());
		await createAccount(page, ana);
		await page.getByLabel('Name', { exact: true }).fill('Ana');
		await page.getByRole('button', { name: 'Create', exact: true }).click();
		await page.waitForURL(/\/[0-9a-f-]{36}$/);
		const entity = page.url().slice(-36);
		await page.goto(`/${entity}/finances/account/new`);
		await page.getByLabel('Name', { exact: true }).fill('Giro');
		await page.getByLabel('Currency', { exact: true }).selectOption('EUR');
		await press(page, 'Save');
		await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
		await importFile(page, entity, 'january.csv', csv, 2);
		await importFile(page, entity, 'february.ofx', ofx, 1);
		await importFile(page, entity, 'march.qif', qif, 1);
		await page.evaluate(async () => void (await navigator.serviceWorker.ready));

		await signIn(laptop, ana);
		await laptop.getByRole('link', { name: 'Ana Person' }).click();
		expect(await expenses(laptop, entity)).toHaveLength(4);

		// The phone goes under ground: an edit, a new one, a deletion, a reload of a deep page.
		await expenses(page, entity);
		await phone.setOffline(true);
		await retitle(page, 'Corner Grocery', 'Corner Grocery & Sons');
		await page.goto(`/${entity}/finances/expense/new`);
		await page.getByLabel(/^Amount/).fill('7.77');
		await page.getByRole('combobox', { name: /^Payee/ }).fill('Ferry');
		await press(page, 'Save');
		await page.getByRole('link', { name: /City Bus/ }).click();
		await press(page, 'Delete');
		await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
		await page.waitForURL(/\/expense$/);
		await page.reload();
		const mine = await expenses(page, entity);
		expect(mine).toHaveLength(4);
		expect(mine.join('\n')).toMatch(/Ferry/);
		expect(mine.join('\n')).not.toMatch(/City Bus/);
		await expect(page.getByText(/3 changes waiting/)).toBeVisible();
		await phone.close();

		// Meanwhile the laptop changes another record, and another field of nothing the phone touched.
		await retitle(laptop, 'Bookshop', 'Bookshop by the river');

		phone = await openProfile(profile, info);
		await phone.setOffline(true);
		page = phone.pages()[0] ?? (await phone.newPage());
		expect(await expenses(page, entity)).toEqual(mine);
		await phone.setOffline(false);
		await expect(page.getByText('Bookshop by the river').first()).toBeVisible();
		await expect(page.getByText(/changes? waiting/)).toHaveCount(0);

		await laptop.reload();
		await expect(laptop.getByText('Ferry').first()).toBeVisible();
		const there = await expenses(laptop, entity);
		expect(there).toEqual(await expenses(page, entity));
		expect(there).toHaveLength(4);
		for (const payee of ['Corner Grocery & Sons', 'Power company', 'Bookshop by the river', 'Ferry'])
			expect(there.filter((line) => line.includes(payee))).toHaveLength(1);
	} finally {
		await phone.close();
		await rm(profile, { recursive: true, force: true });
	}
});
