import type { Page } from '@playwright/test';
import type { RecordBody } from '../../src/lib/kinds/record-body.ts';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings, expectToFit } from '../stage/looks.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { bodyOf, personApi } from './person-api.ts';

const isPush = '**/api/records/push';
const spent = (payee: string, meta: object = {}): RecordBody => {
	const body = bodyOf('expense', { date: '2026-02-12', amount: { minor: 300, currency: 'EUR' }, payee });
	return { ...body, meta: { ...body.meta, ...meta } };
};

/** A new person with an entity that holds these records; gives the entity's id and theirs. */
async function furnish(page: Page, url: string | undefined, bodies: RecordBody[]): Promise<[string, string[]]> {
	const person = newcomer();
	await createAccount(page, person);
	await page.locator('input[type=text]').first().fill('Casa');
	await page.locator('form button[type=submit]').click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	const entity = page.url().slice(-36);
	return [entity, await (await personApi(url ?? '', person)).write(entity, bodies)];
}

/** Nothing that axe minds, and nothing wider than the screen. */
async function looksRight(page: Page, name: string): Promise<void> {
	if (process.env.ARCA_SHOTS) {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.screenshot({ path: `${process.env.ARCA_SHOTS}/${name}-${colorScheme}.png`, fullPage: true });
		}
	}
	await expectNoFindings(page);
	await expectToFit(page);
}

/** Saves the form and waits until the server has taken it: two saves before a push would be one revision. */
async function saveAs(page: Page, label: RegExp, text: string, save: string): Promise<void> {
	await page.getByRole('combobox', { name: label }).fill(text);
	const pushed = page.waitForResponse(isPush);
	await page.getByRole('button', { name: save, exact: true }).click();
	expect((await pushed).ok()).toBe(true);
}

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });

	test('what is deleted lies in the bin, and is taken out of it without the network', async ({
		page,
		context,
		baseURL
	}) => {
		const [entity, [id]] = await furnish(page, baseURL, [spent('Kiosk'), spent('Bakery', { deleted: true })]);
		await page.goto(`/${entity}/finances/expense/${id}`);
		await page.getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('button', { name: 'More' }).click();
		await page.getByRole('menuitem', { name: 'Bin' }).click();
		const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Kiosk' });
		await expect(row).toContainText(/Deleted by you.*30 days left/s);
		await expect(page.getByText('2 records')).toBeVisible();
		await looksRight(page, 'bin-phone');
		await page.getByLabel('Search the bin').fill('kio');
		await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Bakery' })).toHaveCount(0);
		await context.setOffline(true);
		await page.getByRole('button', { name: 'Take out of the bin: Kiosk' }).click();
		await expect(page.getByText('One record taken out of the bin')).toBeVisible();
		await expect(row).toHaveCount(0);
		await context.setOffline(false);
		await page.goto(`/${entity}/finances/expense`);
		await expect(page.getByRole('link', { name: /Kiosk/ })).toBeVisible();
		await expect(page.getByRole('link', { name: /Bakery/ })).toHaveCount(0);
		await page.getByRole('main').getByRole('link', { name: 'Bin' }).click();
		await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Bakery' })).toBeVisible();
	});

	test('a record edited twice is brought back to what it was at first', async ({ page, context, baseURL }) => {
		const [entity, [id]] = await furnish(page, baseURL, [spent('Kiosk')]);
		const path = `/${entity}/finances/expense/${id}`;
		for (const payee of ['Bakery', 'Butcher']) {
			await page.goto(path);
			await saveAs(page, /^Payee/, payee, 'Save');
		}
		await page.goto(path);
		await page.getByRole('link', { name: 'Earlier versions' }).click();
		const versions = page.getByRole('article');
		await expect(versions).toHaveCount(2);
		await expect(versions.first()).toContainText('Payee: Bakery → Butcher');
		await expect(versions.last()).toContainText('Payee: Kiosk → Bakery');
		await versions.last().getByText('Show this version').click();
		await expect(versions.last().getByRole('definition').filter({ hasText: '€3.00' })).toBeVisible();
		await looksRight(page, 'versions-phone');
		await context.setOffline(true);
		await versions.last().getByRole('button', { name: 'Restore this version' }).click();
		await expect(page.getByRole('combobox', { name: /^Payee/ })).toHaveValue('Kiosk');
		await page.getByRole('link', { name: 'Earlier versions' }).click();
		await expect(page.getByText('Earlier versions need the network')).toBeVisible();
		await context.setOffline(false);
		// What waited here goes out, and makes the version before it an earlier one.
		await expect(versions).toHaveCount(3);
	});
});

test.describe('on a laptop, in Spanish', () => {
	test.use({ viewport: { width: 1280, height: 900 }, locale: 'es-ES' });

	test('what is chosen in the bin is deleted for good, with its earlier versions', async ({ page, baseURL }) => {
		const binned = ['Quiosco', 'Panadería', 'Carnicería'].map((payee) => spent(payee, { deleted: true }));
		const [entity, [id]] = await furnish(page, baseURL, binned);
		await page.goto(`/${entity}`);
		await page.getByRole('navigation').getByRole('link', { name: 'Papelera' }).click();
		await page.getByRole('checkbox', { name: 'Quiosco' }).check();
		await page.getByRole('checkbox', { name: 'Panadería' }).check();
		await expect(page.getByText('2 elegidos')).toBeVisible();
		await looksRight(page, 'bin-laptop');
		await page.getByRole('button', { name: 'Eliminar para siempre' }).click();
		const question = page.getByRole('alertdialog', { name: '¿Eliminar 2 registros para siempre?' });
		const pushed = page.waitForResponse(isPush);
		await question.getByRole('button', { name: 'Eliminar para siempre' }).click();
		expect((await pushed).ok()).toBe(true);
		await expect(page.getByText('Un registro', { exact: true })).toBeVisible();
		await page.goto(`/${entity}/finances/expense/${id}`);
		await expect(page.getByText('Este registro no está aquí')).toBeVisible();
		await page.goto(`/${entity}/bin`);
		await page.getByRole('button', { name: 'Vaciar la papelera' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Eliminar para siempre' }).click();
		await expect(page.getByText('La papelera está vacía')).toBeVisible();
		await looksRight(page, 'bin-empty-laptop');
	});

	test(
		'earlier versions are told in Spanish, and of one that is in the bin too',
		{ tag: '@long' },
		async ({ page, baseURL }) => {
			const [entity, [id]] = await furnish(page, baseURL, [spent('Quiosco')]);
			const path = `/${entity}/finances/expense/${id}`;
			await page.goto(path);
			await saveAs(page, /^Beneficiario/, 'Panadería', 'Guardar');
			await page.goto(path);
			await page.getByRole('button', { name: 'Eliminar' }).click();
			const pushed = page.waitForResponse(isPush);
			await page.getByRole('alertdialog').getByRole('button', { name: 'Eliminar' }).click();
			expect((await pushed).ok()).toBe(true);
			await page.goto(path);
			await page.getByRole('link', { name: 'Versiones anteriores' }).click();
			const versions = page.getByRole('article');
			await expect(versions.first()).toContainText('Pasó a la papelera');
			await expect(versions.last()).toContainText('Quiosco → Panadería');
			await looksRight(page, 'versions-laptop');
			await versions.last().getByRole('button', { name: 'Restaurar esta versión' }).click();
			await expect(page.locator('input[type=text]').first()).toBeVisible();
			await page.goto(`/${entity}/finances/expense`);
			await expect(page.getByRole('row', { name: /Quiosco/ })).toBeVisible();
		}
	);
});
