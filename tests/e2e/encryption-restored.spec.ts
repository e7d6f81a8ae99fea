import { randomUUID } from 'node:crypto';
import type { Page, Route } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { atHome } from './at-home.ts';
import { keepCode, turnOnEncryption } from './encryption-steps.ts';
import { languageOf, looks, seeing } from './encryption-seeing.ts';

interface Keys {
	version: number;
	bundle: object;
}

/** Plays a server that was restored to before the newest keys: what it has of them is `there`, and it takes what follows. */
async function restoredTo(page: Page, there: { keys: Keys; bundle: object }): Promise<{ signedIn: boolean }> {
	const server = { signedIn: false };
	const restored = { epoch: randomUUID(), restoredFrom: '2026-03-01T09:30:00.000Z' };
	const alter = (path: string, change: (answer: never) => object) =>
		page.route(path, async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, json: change((await response.json()) as never) });
		});
	await alter('**/api/entities', ({ entities }: { entities: object[] }) => ({
		entities: entities.map((one) => ({ ...one, ...restored }))
	}));
	await alter('**/api/records/pull', (answer: object) => ({ ...answer, ...restored }));
	const kept = (name: 'keys' | 'bundle') => async (route: Route) => {
		if (route.request().method() === 'GET') return route.fulfill({ json: there[name] });
		const put = route.request().postDataJSON() as Keys;
		const json = { type: '/problems/keys/fresh-sign-in', title: 'Sign in again first', status: 403 };
		if (!server.signedIn) return route.fulfill({ status: 403, contentType: 'application/problem+json', json });
		if (name === 'bundle') there.bundle = put;
		else {
			there.bundle = put.bundle;
			there.keys = { ...there.keys, ...put };
		}
		return route.fulfill({ json: there[name] });
	};
	await page.route('**/api/keys', kept('keys'));
	await page.route('**/api/bundle*', kept('bundle'));
	return server;
}

for (const look of looks) {
	test.describe(look.name, () => {
		const language = languageOf({ ...look, locale: 'en-GB' });
		const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

		test(`a recovery code that a restore took back goes there again after a sign-in, on a ${look.name}`, async ({
			page,
			baseURL
		}) => {
			test.setTimeout(240_000);
			const { entity, person } = await atHome(page, baseURL);
			// A device that never pulled the entity could not know of a restore.
			await expect(page.getByRole('heading', { name: 'Begin with Casa Ribera' })).toBeVisible();
			const { phrase } = await turnOnEncryption(page);
			const token = { keys: {} as Keys, bundle: {} };
			page.on('response', (answer) => {
				const path = new URL(answer.url()).pathname;
				if (answer.request().method() !== 'GET' || !answer.ok()) return;
				if (path === '/api/keys') void answer.json().then((keys: Keys) => (token.keys = keys));
				if (path === '/api/bundle') void answer.json().then((bundle: object) => (token.bundle = bundle));
			});
			await page.reload();
			await page.getByLabel('Encryption password').fill(phrase);
			await page.getByRole('button', { name: 'Unlock' }).click();
			await button(page, 'Make a new one').click();
			await page.getByLabel('Your sign-in password').fill(person.password);
			const there = structuredClone(token);
			await button(page, 'Make a new one').click();
			await keepCode(page);
			const server = await restoredTo(page, there);
			await page.setViewportSize(look.viewport);
			await page.emulateMedia({ colorScheme: look.colorScheme });
			await page.goto(`/${entity}`);
			await page.locator('input[name=encryption-password]').fill(phrase);
			await page.locator('main button[type=submit]').click();
			const back = button(page, m.vault_push_back({}, language));
			await expect(back).toBeVisible({ timeout: 30_000 });
			await expect(page.getByText(m.vault_restored_account({}, language))).toBeVisible();
			await back.click();
			await expect(page.getByText(m.vault_restored_sign_in({}, language))).toBeVisible();
			await expect(page.locator('input[name=password]')).toBeFocused();
			await seeing(page, look, 'restored-sign-in');
			await page.locator('input[name=password]').fill('another password');
			await back.click();
			await expect(page.getByText(m.door_error_wrong_password({}, language))).toBeVisible();
			await page.locator('input[name=password]').fill(person.password);
			server.signedIn = true;
			await back.click();
			await expect(page.getByText(m.vault_restored_sign_in({}, language))).toHaveCount(0, { timeout: 30_000 });
			expect(there.keys.version).toBe(2);
			await expect(page.getByText(m.security_alarm_title({}, language))).toHaveCount(0);
			await page.unrouteAll({ behavior: 'ignoreErrors' });
		});
	});
}
