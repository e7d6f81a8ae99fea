import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings, expectToFit, expectTouchable } from '../stage/looks.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { bodyOf, personApi } from './person-api.ts';

const looks = [
	{ name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'en-GB' },
	{ name: 'laptop', viewport: { width: 1280, height: 900 }, colorScheme: 'dark', locale: 'es-ES' }
] as const;

for (const look of looks) {
	test.describe(look.name, () => {
		test.use({ viewport: look.viewport, colorScheme: look.colorScheme, locale: look.locale });
		const language = { locale: look.locale === 'en-GB' ? ('en' as const) : ('es' as const) };

		/** Axe finds nothing, it fits, what can be touched is large enough; a picture where asked. */
		async function seeing(page: Page, name: string): Promise<void> {
			const path = join(process.env.ARCA_SHOTS ?? '', `${look.name}-security-${name}.png`);
			if (process.env.ARCA_SHOTS) await page.screenshot({ path, fullPage: true });
			await expectNoFindings(page);
			await expectToFit(page);
			await expectTouchable(page, 'main :is(a, button, select, input:not([type=radio], [type=checkbox]))', 'height');
		}

		test(`every step with the keys is fit to look at on a ${look.name}`, async ({ page, baseURL }) => {
			test.setTimeout(300_000);
			const person = newcomer();
			await createAccount(page, person);
			await page.locator('input[type=text]').first().fill('Casa Ribera');
			await page.locator('form button[type=submit]').click();
			await page.waitForURL(/\/[0-9a-f-]{36}$/);
			const entity = page.url().slice(-36);
			const api = await personApi(baseURL ?? '', person);
			const [account = ''] = await api.write(entity, [
				bodyOf('account', { name: 'Cuenta nómina', type: 'current', currency: 'EUR' })
			]);
			const button = (name: string) => page.getByRole('button', { name, exact: true });
			const link = (name: string) => page.getByRole('link', { name, exact: true });

			await page.goto('/settings/security');
			await expect(link(m.security_turn_on({}, language))).toBeVisible();
			await seeing(page, 'off');
			await link(m.security_turn_on({}, language)).click();
			await button(m.door_continue({}, language)).click();
			await seeing(page, 'what-it-means');
			await page.getByLabel(m.security_understood({}, language)).check();
			await button(m.door_continue({}, language)).click();
			await expect(page.locator('output').first()).toHaveText(/\w-\w/);
			await seeing(page, 'phrase');
			await page.getByText(m.security_way_own({}, language)).click();
			await page.locator('input[name=new-encryption-password]').fill('Casa Ribera 12');
			await expect(page.getByText(m.security_rule_digit({}, language))).toBeVisible();
			await button(m.security_turn_on({}, language)).click();
			await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
			await seeing(page, 'own');
			await page.getByText(m.security_way_phrase({}, language)).click();
			const phrase = (await page.locator('output').first().textContent()) ?? '';
			await page.locator('input[name=new-encryption-password-again]').fill(phrase);
			await button(m.security_turn_on({}, language)).click();
			await expect(button(m.security_code_kept({}, language))).toBeVisible({ timeout: 60_000 });
			await seeing(page, 'code');
			await page.emulateMedia({ media: 'print' });
			await expect(button(m.security_code_kept({}, language))).toBeHidden();
			if (process.env.ARCA_SHOTS)
				await page.screenshot({ path: join(process.env.ARCA_SHOTS, `${look.name}-security-print.png`) });
			await page.emulateMedia({ media: null, colorScheme: look.colorScheme });
			const code = (await page.locator('.recovery-sheet .sr-only').textContent()) ?? '';
			await button(m.security_code_kept({}, language)).click();
			await button(m.security_check({}, language)).click();
			await seeing(page, 'check');
			for (const field of await page.locator('main form input').all()) {
				const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
				await field.fill(code.split('-')[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
			}
			await button(m.security_check({}, language)).click();
			await expect(page.getByRole('heading', { name: m.security_is_on({}, language) })).toBeVisible();
			await seeing(page, 'is-on');

			await link(m.security_finish({}, language)).click();
			await expect(button(m.security_here_keep({}, language))).toBeVisible();
			await seeing(page, 'on');
			await button(m.security_here_keep({}, language)).click();
			await expect(page.getByRole('alertdialog')).toBeVisible();
			await seeing(page, 'keep-here');
			await button(m.shell_cancel({}, language)).click();
			await link(m.security_change_password({}, language)).click();
			await expect(page.locator('output').first()).toHaveText(/\w-\w/);
			await seeing(page, 'change');
			await page.goBack();
			await page.getByRole('link', { name: m.security_layers({}, language) }).click();
			await expect(page.getByText(m.layers_looking({}, language))).toHaveCount(0);
			await seeing(page, 'layers');
			await page.goBack();
			await link(m.security_reset({}, language)).click();
			await expect(page.getByRole('heading', { name: m.security_reset({}, language) })).toBeVisible();
			await expect(page.getByText(m.security_reset_counting({}, language))).toHaveCount(0);
			await seeing(page, 'reset');
			await page.goto(`/${entity}/finances/account/${account}`);
			await expect(page.locator('input[name=encryption-password]')).toBeVisible();
			await seeing(page, 'unlock');
			await page.locator('input[name=encryption-password]').fill('not this one');
			await button(m.security_unlock({}, language)).click();
			await expect(page.locator('[aria-invalid=true]')).toBeVisible({ timeout: 30_000 });
			await seeing(page, 'unlock-wrong');
			await page.locator('input[name=encryption-password]').fill(phrase);
			await button(m.security_unlock({}, language)).click();
			await page.locator('summary', { hasText: m.protection_title({}, language) }).click({ timeout: 30_000 });
			await expect(page.getByText(m.protection_stored({}, language))).toBeVisible();
			await seeing(page, 'protection');
		});
	});
}
