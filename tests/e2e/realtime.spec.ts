import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { startServer } from '../stage/server.ts';
import { startSupabase } from '../stage/supabase.ts';
import { newEmail, PASSWORD, signIn } from './door-steps.ts';

/** Two devices of one person, A about to note an expense, B looking at the list of them. */
async function twoDevices(browser: Browser, b: Page, realtime: 'answers' | 'silent') {
	const project = await startSupabase(realtime);
	const server = await startServer({ env: project.env });
	const a = await (await browser.newContext()).newPage();
	const email = newEmail();
	await a.goto(`${server.url}/create-account`);
	await a.getByLabel('Email').fill(email);
	await a.getByLabel('Password').fill(PASSWORD);
	await a.getByRole('button', { name: 'Create account' }).click();
	await a.getByLabel('Code').fill(await project.takeCode(email));
	await a.getByRole('button', { name: 'Confirm' }).click();
	await a.getByLabel('Name', { exact: true }).fill('Casa');
	await a.getByRole('button', { name: 'Create' }).click();
	await a.waitForURL(/\/[0-9a-f-]{36}$/);
	const entity = a.url();
	await a.goto(`${entity}/finances/expense/new`);
	await expect(a.getByRole('textbox', { name: 'Amount' })).toBeVisible();

	const heard = listenIn(b);
	await b.goto(`${server.url}/sign-in`);
	await signIn(b, email, PASSWORD);
	await expect(b).toHaveURL(/\/(settings|entities)/);
	expect(heard.addresses, 'nothing listens before an entity is open').toEqual([]);
	await b.goto(`${entity}/finances/expense`);
	await expect(b.getByRole('heading', { name: 'Expenses' })).toBeVisible();
	await expect.poll(() => heard.addresses.length).toBeGreaterThan(0);
	return {
		...{ a, id: entity.slice(-36), heard },
		end: async () => {
			await a.context().close();
			await server.stop();
			await project.stop();
		}
	};
}

/** What goes over the page's sockets. */
function listenIn(page: Page) {
	const heard = { addresses: [] as URL[], joining: [] as string[], joined: [] as string[], told: [] as unknown[] };
	page.on('websocket', (socket) => {
		heard.addresses.push(new URL(socket.url()));
		socket.on('framesent', ({ payload }) => {
			if (String(payload).includes('phx_join')) heard.joining.push(String(payload));
		});
		socket.on('framereceived', ({ payload }) => {
			const [, , topic, event, said] = JSON.parse(String(payload)) as [unknown, unknown, string, string, object];
			if (event === 'broadcast') heard.told.push(said);
			if (topic !== 'phoenix' && 'status' in said && said.status === 'ok') heard.joined.push(topic);
		});
	});
	return heard;
}

async function spend(page: Page, payee: string): Promise<void> {
	await page.getByRole('textbox', { name: 'Amount' }).fill('12.50');
	await page.getByRole('combobox', { name: /^Payee/ }).fill(payee);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText(payee).first()).toBeVisible();
}

test('a change on one device shows on another long before that would ask by itself', async ({ browser, page }) => {
	const { a, id, heard, end } = await twoDevices(browser, page, 'answers');
	const domains = ['administration', 'chat', 'finances', 'health'];
	const topics = domains.map((domain) => `realtime:records:${id}:${domain}`);
	await expect.poll(() => [...new Set(heard.joined)].sort()).toEqual(topics);
	let pulls = 0;
	page.on('request', (request) => (pulls += request.url().endsWith('/api/records/pull') ? 1 : 0));

	await spend(a, 'Kiosk');
	await expect(page.getByText('Kiosk').first()).toBeVisible();
	expect(heard.told).toEqual([{ type: 'broadcast', event: 'changed', payload: { entity: id, domain: 'finances' } }]);
	expect(pulls, 'what is told is asked for, and not again and again').toBeLessThan(8);

	for (const address of heard.addresses) {
		expect([...address.searchParams.keys()].sort(), 'no token is in an address').toEqual(['apikey', 'vsn']);
		expect(address.searchParams.get('apikey')).toMatch(/^sb_publishable_/);
	}
	expect(heard.joining.length).toBeGreaterThan(0);
	for (const text of heard.joining) expect(text).toMatch(/"private":true.*"access_token":"ey/);
	await end();
});

test('where Realtime never says a word, the page asks by itself as ever', async ({ browser, page }) => {
	const { a, heard, end } = await twoDevices(browser, page, 'silent');
	await spend(a, 'Kiosk');
	// The other device shows what it has kept before the server has it: one look may come too early.
	await expect(async () => {
		await page.evaluate(() => window.dispatchEvent(new Event('focus')));
		await expect(page.getByText('Kiosk').first()).toBeVisible({ timeout: 2_000 });
	}).toPass({ timeout: 15_000 });
	await expect(page.getByRole('alert')).toHaveCount(0);
	expect(heard.joined).toEqual([]);
	await end();
});
