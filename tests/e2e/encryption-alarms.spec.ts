import type { Page, Route } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';

/** What `GET /api/keys` answers, as far as it is altered here. */
interface Keys {
	version: number;
	slots: { password: { salt: string; params: [number, number, number]; token: string; accountKey: string } };
}

/** Plays a server that alters the keys it gives. */
async function alterKeys(page: Page, alter: (keys: Keys) => void): Promise<void> {
	await page.route('**/api/keys', async (route: Route) => {
		if (route.request().method() !== 'GET') return route.fallback();
		const response = await route.fetch();
		const keys = (await response.json()) as Keys;
		alter(keys);
		await route.fulfill({ response, json: keys });
	});
}

/** Another text of the same form: one character in its middle is another one. */
function flipped(text: string): string {
	const at = text.length >> 1;
	return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

test('keys that were altered are told like a wrong password, and the true ones open after', async ({
	page,
	baseURL
}) => {
	const { phrase } = await atSecurity(page, baseURL);
	for (const field of ['salt', 'token', 'accountKey'] as const) {
		await alterKeys(page, ({ slots: { password } }) => void (password[field] = flipped(password[field])));
		await page.reload();
		await unlock(page, phrase);
		await expect(page.getByText('This does not open the vault.'), field).toBeVisible({ timeout: 30_000 });
		await page.unroute('**/api/keys');
	}
	await page.reload();
	await unlock(page, phrase);
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible({ timeout: 30_000 });
});

test('parameters below the floor are refused before the password is tried, and the person is told', async ({
	page,
	baseURL
}) => {
	const { phrase } = await atSecurity(page, baseURL);
	await alterKeys(page, ({ slots }) => void (slots.password.params = [8, 1, 1]));
	await page.reload();
	await unlock(page, phrase);
	await expect(page.getByText('Stopped, to protect you')).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText('The server asks for your password to be protected less than it must be.')).toBeVisible();
	await page.unroute('**/api/keys');
	await page.reload();
	await unlock(page, phrase);
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible({ timeout: 30_000 });
});
