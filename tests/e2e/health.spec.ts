import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { signIn } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const save = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
/** The day some days ago, where the browsers of these tests are. */
const day = (ago: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(new Date(Date.now() - ago * 86_400_000));

const pressure = (ago: number, value: number, second: number) =>
	bodyOf('body-metric', {
		metric: 'blood-pressure',
		value: { value, second, unit: 'mm[Hg]' },
		measuredAt: `${day(ago)}T07:00:00Z`
	});
const pill = (values: Record<string, unknown> = {}) => {
	const body = bodyOf('medication', {
		name: 'Propranolol',
		dose: { value: 1, unit: 'tablet' },
		schedule: 'FREQ=DAILY',
		times: ['00:01', '23:58'],
		started: day(0),
		status: 'active',
		...values
	});
	return { ...body, meta: { ...body.meta, seed: 'b3c0a1de-6a6e-4a0c-8f8b-2f3f3b1f7a10' } };
};

test('a condition gathers its episode, and a medication made in place from a prescription', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/${entity}/health/condition/new`);
	await page.getByLabel('Name', { exact: true }).fill('Migraine');
	await save(page);
	await page.getByRole('link', { name: /Migraine/ }).click();
	await page.getByRole('link', { name: 'Add episode' }).click();
	await expect(page.getByLabel('Condition', { exact: true }).locator('option:checked')).toHaveText('Migraine');
	await page.getByRole('radio', { name: '7', exact: true }).check();
	await expectNoFindings(page);
	await save(page);
	await expect(page.getByRole('row', { name: /Migraine/ })).toContainText('7/10');

	await page.goto(`/${entity}/health/prescription/new`);
	await page.getByRole('combobox', { name: /^Prescriber/ }).fill('Dr Pardo');
	await page.getByLabel(/^Condition/).selectOption({ label: 'Migraine' });
	await page.getByRole('button', { name: 'Add medication' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add medication' });
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
	await expect(dialog).toContainText('Fill this in.');
	await dialog.getByLabel('Name', { exact: true }).fill('Propranolol');
	await dialog.getByLabel(/^For\W/).selectOption({ label: 'Migraine' });
	await expectNoFindings(page);
	await dialog.getByRole('button', { name: 'Save' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Remove: Propranolol' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Add medication' })).toBeFocused();
	await save(page);
	await page.waitForURL((url) => !url.pathname.endsWith('/new'));

	await page.goto(`/${entity}/health/condition`);
	await page.getByRole('link', { name: /Migraine/ }).click();
	await expect(card(page, 'Episodes')).toContainText('7/10');
	await expect(card(page, 'Prescriptions').getByRole('link', { name: /Dr Pardo/ })).toContainText('Propranolol');
	await card(page, 'Medications')
		.getByRole('link', { name: /Propranolol/ })
		.click();
	await expect(card(page, 'Prescriptions').getByRole('link', { name: /Dr Pardo/ })).toBeVisible();
});

test('a dose is ticked off by the keyboard, taken back, counted off the stock, and warned about on Home', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const stock = { stock: { value: 3, unit: 'tablet' }, countedAt: `${day(0)}T00:00` };
	const [id = ''] = await api.write(entity, [pill(stock)], 'health');
	await page.goto(`/${entity}/health`);
	const today = card(page, 'Today’s medication');
	const taken = today.getByRole('button', { name: /^Taken: Propranolol, 00:01/ });
	await expect(taken).toHaveAttribute('aria-pressed', 'false');
	await expect(card(page, 'Medicines running out')).toContainText('3 tablets left');
	await taken.focus();
	await page.keyboard.press('Enter');
	await expect(taken).toHaveAttribute('aria-pressed', 'true');
	await expect(taken).toBeFocused();
	await expect(card(page, 'Medicines running out')).toContainText('2 tablets left');
	await page.keyboard.press('Enter');
	await expect(taken).toHaveAttribute('aria-pressed', 'false');
	await expect(card(page, 'Medicines running out')).toContainText('3 tablets left');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await expect(today.getByRole('button', { name: /^Skipped: Propranolol, 00:01/ })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	await today.getByRole('button', { name: /^Taken: Propranolol, 23:58/ }).click();
	await expect(today.getByRole('status')).toHaveText('All said');
	await expectNoFindings(page);
	await page.goto(`/${entity}/health/medication-intake`);
	await expect(page.getByRole('main').getByRole('status')).toHaveText('2 doses');
	await page.goto(`/${entity}`);
	await expect(card(page, 'Medicines running out').getByRole('link', { name: /Propranolol/ })).toHaveAttribute(
		'href',
		`/${entity}/health/medication/${id}`
	);
	await expect(card(page, 'Last health entries')).toContainText('Propranolol');
	await expectNoFindings(page);
});

test(
	'two devices that tick off the same dose while offline make one record, and nothing is left to settle',
	{ tag: '@long' },
	async ({ page, browser, baseURL }) => {
		const { api, entity, person } = await atHome(page, baseURL);
		const clock = { timeZone: 'Europe/Madrid', timeStyle: 'short' } as const;
		const time = new Intl.DateTimeFormat('en-GB', clock).format(new Date());
		await api.write(entity, [pill({ times: [time] })], 'health');
		const device = async (): Promise<Page> => {
			const other = await (
				await browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'Europe/Madrid' })
			).newPage();
			await signIn(other, person);
			await other.waitForURL(/\/entities$/);
			return other;
		};
		const pages = [page, await device()];
		for (const each of pages) {
			await each.goto(`/${entity}/health`);
			const taken = card(each, 'Today’s medication').getByRole('button', { name: /^Taken: Propranolol/ });
			await expect(taken).toHaveAttribute('aria-pressed', 'false');
			await each.context().setOffline(true);
		}
		for (const each of pages) {
			const taken = card(each, 'Today’s medication').getByRole('button', { name: /^Taken: Propranolol/ });
			await taken.click();
			await expect(taken).toHaveAttribute('aria-pressed', 'true');
			await expect(each.getByText(/1 change waiting/)).toBeVisible();
		}
		for (const each of pages) {
			await each.context().setOffline(false);
			await expect(each.getByText(/waiting/)).toHaveCount(0);
		}
		const third = await device();
		await third.goto(`/${entity}/health/medication-intake`);
		await expect(third.getByRole('main').getByRole('status')).toHaveText('1 dose');
		await third.goto(`/${entity}`);
		await expect(third.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(third.getByText('Both values are kept')).toHaveCount(0);
		for (const each of [...pages.slice(1), third]) await each.context().close();
	}
);

test('blood pressure is two lines with their usual ranges, over as long as one likes, and a table to read', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const all = [
		pressure(0, 118, 76),
		pressure(1, 121, 79),
		pressure(2, 135, 88),
		pressure(40, 128, 82),
		pressure(200, 140, 90)
	];
	await api.write(entity, all, 'health');
	await page.goto(`/${entity}/health`);
	const chart = card(page, 'Measurements');
	await expect(chart).toContainText('118/76 mmHg');
	await expect(chart).toContainText('Usual for adults: 90–129 / 60–84 mmHg');
	await expect(chart.locator('svg').getByText('Systolic')).toBeVisible();
	await expect(chart.locator('svg').getByText('Diastolic')).toBeVisible();
	await expect(chart.locator('circle')).toHaveCount(8);
	// The day 40 days ago stands alone: its line is broken on both sides.
	const paths = await chart
		.locator('svg path[class*="stroke-"]')
		.evaluateAll((found) => found.map((path) => path.getAttribute('d')));
	expect(paths.map((d) => (d ?? '').split('M').length - 1)).toEqual([2, 2]);
	await chart.getByRole('button', { name: '30 days' }).click();
	await expect(chart.locator('circle')).toHaveCount(6);
	await chart.getByRole('button', { name: 'Year' }).click();
	await expect(chart.locator('circle')).toHaveCount(10);
	await expectNoFindings(page);
	await chart.getByRole('button', { name: 'Show as table' }).press('Enter');
	await expect(chart.getByRole('row')).toHaveCount(6);
	await expect(chart.getByRole('row').nth(1)).toContainText('118 mmHg');
	await expectNoFindings(page);
});

test('weight and height, in whatever units, give the body mass index', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	const measured = (metric: string, value: number, unit: string) =>
		bodyOf('body-metric', { metric, value: { value, unit }, measuredAt: `${day(1)}T07:00:00Z` });
	await api.write(entity, [measured('height', 175, 'cm'), measured('weight', 154.324, '[lb_av]')], 'health');
	// What another device wrote is here once it was pulled.
	await page.goto(`/${entity}/health`);
	await expect(card(page, 'Measurements')).toContainText('154.3');
	await page.goto('/add/body-metric');
	await expect(page).toHaveURL(`/${entity}/health/body-metric/new`);
	await page.getByLabel('What is measured').selectOption('weight');
	// The unit of the weight before.
	await expect(page.getByLabel('Unit of Value')).toHaveValue('[lb_av]');
	await page.getByLabel('Unit of Value').selectOption('kg');
	await page.getByRole('textbox', { name: 'Value' }).fill('72.5');
	await save(page);
	await expect(page).not.toHaveURL(/new$/);
	await page.goto(`/${entity}/health`);
	const chart = card(page, 'Measurements');
	await expect(chart).toContainText('72.5 kg');
	await chart.getByRole('button', { name: 'Show as table' }).click();
	await expect(chart.getByRole('row', { name: /70 kg/ })).toBeVisible();
	await chart.getByLabel('What is measured').selectOption({ label: 'Body mass index' });
	await expect(chart.getByRole('row').nth(1)).toContainText('23.7');
});

test('the emergency card is made with what is there and read in big type, offline too', async ({
	page,
	context,
	baseURL
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	const { api, entity } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('allergy', { substance: 'Penicillin', severity: 'severe' })], 'health');
	await page.goto(`/${entity}`);
	await page.getByRole('link', { name: 'Health', exact: true }).click();
	await page.getByRole('link', { name: 'Emergency card', exact: true }).click();
	await page.getByRole('link', { name: 'Make the card' }).click();
	await page.getByLabel(/^Blood group/).selectOption('AB-');
	await page.getByLabel('Add to Allergies').selectOption({ label: 'Penicillin' });
	await page.getByRole('button', { name: 'Add contact' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Marta');
	await page.getByLabel('Phone', { exact: true }).fill('+34 600 123 456');
	await expectNoFindings(page);
	await save(page);
	await page.getByRole('link', { name: 'Health', exact: true }).click();
	await context.setOffline(true);
	await page.getByRole('link', { name: 'Emergency card', exact: true }).click();
	await expect(page.getByText('AB−')).toBeVisible();
	await expect(page.getByText('Penicillin')).toHaveCSS('font-size', '30px');
	await expect(page.getByRole('link', { name: /Marta/ })).toHaveAttribute('href', 'tel:+34600123456');
	await expectNoFindings(page);
});
