import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

async function addEntity(page: Page, name: string): Promise<void> {
	await page.goto('/entities/new');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
}

test('the shortcut to add an expense opens the form, and asks whose it is where there are several', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto('/add/expense');
	await expect(page).toHaveURL(`/${entity}/finances/expense/new`);
	await addEntity(page, 'Taller');
	await page.goto('/add/expense');
	await expect(page.getByRole('heading', { name: 'Add expense' })).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Casa' }).click();
	await expect(page).toHaveURL(`/${entity}/finances/expense/new`);
	await page.goto('/add/no-such-kind');
	await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('whoever has no entity yet is led to the first one', async ({ page }) => {
	await createAccount(page, newcomer());
	await page.goto('/add/expense');
	await expect(page).toHaveURL('/entities');
});

test('a statement that the system opens with Arca is read by the import, a PDF goes with a new record', async ({
	page,
	baseURL
}) => {
	// The browser's own queue, which no test can fill: it keeps what was opened until somebody takes it.
	await page.addInitScript(() => {
		const text = 'Date;Payee;Amount\n2026-03-01;Kiosk;-3,00\n2026-03-02;Bakery;-4,10\n';
		const isImport = location.pathname.endsWith('/import');
		const file = isImport ? new File([text], 'march.csv', { type: 'text/csv' }) : new File(['%PDF-1.7'], 'lease.pdf');
		const handle = { getFile: () => Promise.resolve(file) };
		const launchQueue = {
			setConsumer: (consumer: (launch: object) => void) => setTimeout(() => consumer({ files: [handle] }))
		};
		Object.defineProperty(window, 'launchQueue', { value: launchQueue });
	});
	const { api, entity } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('account', { name: 'Wallet', type: 'cash', currency: 'EUR' })]);
	await page.goto('/import');
	await expect(page).toHaveURL(`/${entity}/import`);
	await expect(page.getByText('march.csv')).toBeVisible();
	await expect(page.getByText('Payee (Kiosk)').first()).toBeAttached();
	await page.goto('/shared');
	await expect(page.getByText('lease.pdf')).toBeVisible();
	await page.getByRole('button', { name: 'Contract' }).click();
	await expect(page).toHaveURL(`/${entity}/administration/contract/new`);
	await expect(page.getByRole('button', { name: 'Open lease.pdf' })).toBeVisible();
});

test('the browser\u2019s offer to install is kept for Settings, and taken up once', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await page.evaluate(() => {
		const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
			prompt: () => Promise.resolve(document.body.setAttribute('data-prompted', 'yes')),
			userChoice: Promise.resolve({ outcome: 'accepted' })
		});
		window.dispatchEvent(offer);
		document.body.setAttribute('data-own-bar', String(!offer.defaultPrevented));
	});
	await expect(page.locator('body')).toHaveAttribute('data-own-bar', 'false');
	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('button', { name: 'Install Arca' }).click();
	await expect(page.locator('body')).toHaveAttribute('data-prompted', 'yes');
	await expect(page.getByRole('button', { name: 'Install Arca' })).toHaveCount(0);
});

test('on a phone whose browser makes no offer Settings says where to find it, elsewhere nothing', async ({
	page,
	baseURL
}) => {
	await atHome(page, baseURL);
	await page.goto('/settings');
	await expect(page.getByRole('heading', { name: 'This device' })).toBeVisible();
	await expect(page.getByText('Install Arca')).toHaveCount(0);
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'standalone', { value: false });
		Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 });
	});
	await page.reload();
	await expect(page.getByText('Add to Home Screen')).toBeVisible();
});

test('the icon carries the number of what waits for the person today, wherever it is seen to, and loses it with the session', async ({
	page,
	baseURL
}) => {
	await page.addInitScript(() => {
		const setAppBadge = (count: number) => Promise.resolve(localStorage.setItem('badge', String(count)));
		Object.defineProperty(navigator, 'setAppBadge', { value: setAppBadge });
	});
	const badge = () => page.evaluate(() => localStorage.getItem('badge'));
	const { api, entity } = await atHome(page, baseURL);
	const amount = { minor: 300, currency: 'EUR' };
	const payment = (name: string, next: string, more = {}) =>
		bodyOf('recurring-payment', { name, amount, schedule: 'FREQ=MONTHLY', next, ...more });
	await api.write(entity, [
		payment('Rent', day(-2)),
		payment('Water', day(0)),
		payment('Power', day(0), { autopay: 'yes' }),
		payment('Insurance', day(9))
	]);
	await api.write(entity, [bodyOf('task', { title: 'Call', due: day(0) })], 'administration');
	await page.goto(`/${entity}/administration`);
	await expect.poll(badge).toBe('3');
	await page.getByRole('button', { name: /^Done: Call/ }).click();
	await expect.poll(badge).toBe('2');
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Sign out' }).first().click();
	await page.waitForURL(/\/sign-in/);
	await expect.poll(badge).toBe('0');
});
