import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import type { Newcomer } from '../stage/newcomer.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { atHome } from './at-home.ts';
import { changePassword, showDueReset, turnOnEncryption } from './encryption-steps.ts';
import { languageOf, looks, seeing } from './encryption-seeing.ts';

/** Signs in on the screen, in any language. */
async function signIn(page: Page, { email, password }: Newcomer): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('input[autocomplete=username]').fill(email);
	await page.locator('input[autocomplete=current-password]').fill(password);
	await page.locator('form button[type=submit]').click();
	await page.waitForURL(/\/unlock/);
}

async function unlock(page: Page, password: string): Promise<void> {
	await page.locator('input[name=encryption-password]').fill(password);
	await page.locator('main button[type=submit]').click();
}

/** Plays a server that was restored from a backup of before an entity's newest roster. */
async function setBack(page: Page): Promise<void> {
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
	await alter('**/api/rosters?*', ({ rosters }: { rosters: object[] }) => ({
		rosters: rosters.slice(0, -1),
		more: false
	}));
}

for (const look of looks) {
	test.describe(look.name, () => {
		test.use({ viewport: look.viewport, colorScheme: look.colorScheme, locale: look.locale });
		const language = languageOf(look);
		const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

		test(`a sign-in that is asked for once more is fit to look at on a ${look.name}`, async ({ page }) => {
			await createAccount(page, newcomer());
			await page.goto('/settings/security/turn-on');
			await page.locator('input[type=checkbox]').first().check();
			await button(page, m.door_continue({}, language)).click();
			await expect(page.locator('output').first()).toHaveText(/\w-\w/);
			const phrase = (await page.locator('output').first().textContent()) ?? '';
			await page.locator('input[name=new-encryption-password-again]').fill(phrase);
			const json = { type: '/problems/keys/fresh-sign-in', title: 'Sign in again first', status: 403 };
			await page.route('**/api/keys', (route) =>
				route.fulfill({ status: 403, contentType: 'application/problem+json', json })
			);
			await button(page, m.security_turn_on({}, language)).click();
			await expect(page.locator('input[name=password]')).toBeFocused({ timeout: 30_000 });
			await seeing(page, look, 'turn-on-sign-in');
		});

		test(`what waits under an earlier password, a due reset and a restore are fit to look at on a ${look.name}`, async ({
			page,
			browser,
			baseURL
		}) => {
			test.setTimeout(300_000);
			const context = await browser.newContext({ baseURL, locale: 'en-GB' });
			const other = await context.newPage();
			const { entity, person } = await atHome(other, baseURL);
			const first = await turnOnEncryption(other);
			await signIn(page, person);
			await unlock(page, first.phrase);
			await page.waitForURL(/\/(?:entities|[0-9a-f-]{36})/);
			await page.goto(`/${entity}/health/condition/new`);
			await unlock(page, first.phrase);
			await page.locator('main input[type=text]').first().fill('Migraña');
			await page.route(/\/(?:api|supabase)\//, (route) => route.abort());
			await button(page, m.form_save({}, language)).click();
			await page.waitForURL(/\/health\/condition$/);
			const next = await changePassword(other, person.password);
			await context.close();
			await page.unrouteAll({ behavior: 'wait' });

			await page.goto(`/${entity}`);
			await expect(page.getByText(m.security_changed_elsewhere({}, language))).toBeVisible();
			await seeing(page, look, 'changed-elsewhere');
			await unlock(page, next.phrase);
			await expect(page.locator('input[name=earlier-password]')).toBeVisible({ timeout: 30_000 });
			await seeing(page, look, 'earlier');
			await button(page, m.security_earlier_open({}, language)).click();
			await expect(page.getByText(m.security_earlier_missing({}, language))).toBeVisible();
			await button(page, m.security_earlier_use_code({}, language)).click();
			await page.locator('input[name=earlier-recovery-code]').fill(next.code);
			await button(page, m.security_earlier_open({}, language)).click();
			await expect(page.getByText(m.security_earlier_code_wrong({}, language))).toBeVisible();
			await seeing(page, look, 'earlier-code');
			await button(page, m.security_later({}, language)).click();
			await page.waitForURL(new RegExp(`/${entity}$`));
			await page.goto('/settings/security');
			await unlock(page, next.phrase);
			await button(page, m.security_later({}, language)).click({ timeout: 30_000 });
			await expect(page.locator('input[name=earlier-password]')).toBeVisible();
			await seeing(page, look, 'earlier-in-security');

			await setBack(page);
			await page.goto(`/${entity}`);
			await unlock(page, next.phrase);
			await button(page, m.security_later({}, language)).click({ timeout: 30_000 });
			await expect(page.getByText(m.vault_restored_keys({}, language))).toBeVisible({ timeout: 30_000 });
			await seeing(page, look, 'restore-with-keys');
			await page.unrouteAll({ behavior: 'wait' });

			await showDueReset(page);
			await expect(page.getByRole('region', { name: m.security_reset_parts({}, language) })).toContainText(
				'Casa Ribera'
			);
			await seeing(page, look, 'reset-parts');
			const { viewport, colorScheme, locale } = look;
			const stranger = await browser.newContext({ baseURL, viewport, colorScheme, locale });
			const unknowing = await stranger.newPage();
			await signIn(unknowing, person);
			await showDueReset(unknowing);
			await expect(unknowing.getByText(m.security_reset_parts_word({}, language))).toBeVisible();
			await button(unknowing, m.security_reset_finish({}, language)).click();
			await expect(unknowing.getByText(m.security_reset_parts_missing({}, language))).toBeVisible();
			await seeing(unknowing, look, 'reset-parts-to-look-at');
			await stranger.close();
		});
	});
}
