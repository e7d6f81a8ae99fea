import { join } from 'node:path';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { languageOf, looks, seeing } from './encryption-seeing.ts';
import { bodyOf, personApi } from './person-api.ts';

for (const look of looks.slice(0, 2)) {
	test.describe(look.name, () => {
		test.use({ viewport: look.viewport, colorScheme: look.colorScheme, locale: look.locale });
		const language = languageOf(look);

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
			await seeing(page, look, 'off');
			await link(m.security_turn_on({}, language)).click();
			await button(m.door_continue({}, language)).click();
			await seeing(page, look, 'what-it-means');
			await page.getByLabel(m.security_understood({}, language)).check();
			await button(m.door_continue({}, language)).click();
			await expect(page.locator('output').first()).toHaveText(/\w-\w/);
			await seeing(page, look, 'phrase');
			await page.getByText(m.security_way_own({}, language)).click();
			await page.locator('input[name=new-encryption-password]').fill('Casa Ribera 12');
			await expect(page.getByText(m.security_rule_digit({}, language))).toBeVisible();
			await button(m.security_turn_on({}, language)).click();
			await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
			await seeing(page, look, 'own');
			await page.getByText(m.security_way_phrase({}, language)).click();
			const phrase = (await page.locator('output').first().textContent()) ?? '';
			await page.locator('input[name=new-encryption-password-again]').fill(phrase);
			await button(m.security_turn_on({}, language)).click();
			await expect(button(m.security_code_kept({}, language))).toBeVisible({ timeout: 60_000 });
			await seeing(page, look, 'code');
			await page.emulateMedia({ media: 'print' });
			await expect(button(m.security_code_kept({}, language))).toBeHidden();
			if (process.env.ARCA_SHOTS)
				await page.screenshot({ path: join(process.env.ARCA_SHOTS, `${look.name}-security-print.png`) });
			await page.emulateMedia({ media: null, colorScheme: look.colorScheme });
			const code = (await page.locator('.paper-sheet .sr-only').textContent()) ?? '';
			await button(m.security_code_kept({}, language)).click();
			await button(m.security_check({}, language)).click();
			await seeing(page, look, 'check');
			for (const field of await page.locator('main form input').all()) {
				const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
				await field.fill(code.split('-')[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
			}
			await button(m.security_check({}, language)).click();
			await expect(page.getByRole('heading', { name: m.security_is_on({}, language) })).toBeVisible();
			await seeing(page, look, 'is-on');

			await link(m.security_finish({}, language)).click();
			await expect(button(m.security_here_keep({}, language))).toBeVisible();
			await seeing(page, look, 'on');
			await button(m.security_here_keep({}, language)).click();
			await expect(page.getByRole('alertdialog')).toBeVisible();
			await seeing(page, look, 'keep-here');
			await button(m.shell_cancel({}, language)).click();
			await button(m.security_pin_set({}, language)).click();
			await page.locator('input[name=new-pin]').fill('123456');
			await button(m.security_pin_set({}, language)).click();
			await expect(page.locator('[aria-invalid=true]')).toBeVisible();
			await seeing(page, look, 'pin-new');
			for (const field of await page.locator('input[name^=new-pin]').all()) await field.fill('271828');
			await button(m.security_pin_set({}, language)).click();
			await expect(button(m.security_pin_remove({}, language))).toBeVisible({ timeout: 30_000 });
			await seeing(page, look, 'pin-set');
			await page.reload();
			await page.locator('input[name=pin]').fill('314159');
			await button(m.security_unlock({}, language)).click();
			await expect(page.locator('[aria-invalid=true]')).toBeVisible({ timeout: 30_000 });
			await seeing(page, look, 'pin-wrong');
			await page.locator('input[name=pin]').fill('271828');
			await button(m.security_unlock({}, language)).click();
			await expect(button(m.security_pin_remove({}, language))).toBeVisible({ timeout: 30_000 });
			await button(m.security_pin_remove({}, language)).click();
			await expect(button(m.security_pin_set({}, language))).toBeFocused();
			await link(m.security_change_password({}, language)).click();
			await expect(page.locator('output').first()).toHaveText(/\w-\w/);
			await seeing(page, look, 'change');
			await page.goBack();
			await page.getByRole('link', { name: m.security_layers({}, language) }).click();
			await expect(page.getByText(m.layers_looking({}, language))).toHaveCount(0);
			await seeing(page, look, 'layers');
			await page.goBack();
			await link(m.security_reset({}, language)).click();
			await expect(page.getByRole('heading', { name: m.security_reset({}, language) })).toBeVisible();
			await expect(page.getByText(m.security_reset_counting({}, language))).toHaveCount(0);
			await seeing(page, look, 'reset');
			await page.goto(`/${entity}/finances/account/${account}`);
			await expect(page.locator('input[name=encryption-password]')).toBeVisible();
			await seeing(page, look, 'unlock');
			await page.locator('input[name=encryption-password]').fill('not this one');
			await button(m.security_unlock({}, language)).click();
			await expect(page.locator('[aria-invalid=true]')).toBeVisible({ timeout: 30_000 });
			await seeing(page, look, 'unlock-wrong');
			await page.locator('input[name=encryption-password]').fill(phrase);
			await button(m.security_unlock({}, language)).click();
			await page.locator('summary', { hasText: m.protection_title({}, language) }).click({ timeout: 30_000 });
			await expect(page.getByText(m.protection_stored({}, language))).toBeVisible();
			await seeing(page, look, 'protection');
		});
	});
}
