import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** What a person keeps who turned on user encryption. */
export interface KeptSecrets {
	phrase: string;
	code: string;
}

/** Goes through the steps that turn on user encryption, with the phrase that is offered. */
export async function turnOnEncryption(page: Page): Promise<KeptSecrets> {
	await page.goto('/settings/security');
	await page.getByRole('link', { name: 'Turn on user encryption' }).click();
	await page.getByLabel(/I understand/).check();
	await page.getByRole('button', { name: 'Continue' }).click();
	const phrase = await chooseOffered(page);
	await page.getByRole('button', { name: 'Turn on user encryption' }).click();
	const code = await keepCode(page);
	await expect(page.getByRole('heading', { name: 'User encryption is on' })).toBeVisible();
	await page.getByRole('link', { name: 'Finish' }).click();
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible();
	return { phrase, code };
}

/** Reads a recovery code off the screen and types the two groups that are asked for. */
export async function keepCode(page: Page): Promise<string> {
	const shown = page.getByText(/^(?:[0-9A-Z]{4}-){8}[0-9A-Z*~$=]$/);
	await expect(shown).toBeAttached({ timeout: 60_000 });
	const code = (await shown.textContent())?.trim() ?? '';
	await page.getByRole('button', { name: 'I have kept it' }).click();
	for (const field of await page.getByLabel(/^Group \d of the code$/).all()) {
		const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
		await field.fill(code.split('-')[Number(/\d/.exec(label)?.[0]) - 1] ?? '');
	}
	await page.getByRole('button', { name: 'Check' }).click();
	return code;
}

/** Types the encryption password on the unlock screen. */
export async function unlock(page: Page, password: string): Promise<void> {
	await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await page.getByLabel('Encryption password').fill(password);
	await page.getByRole('button', { name: 'Unlock' }).click();
}

/** Changes the encryption password on the page of Security, where health has key number 1; gives the new one and its code. */
export async function changePassword(page: Page, signInPassword: string): Promise<KeptSecrets> {
	const change = 'Change encryption password';
	await page.getByRole('link', { name: change }).click();
	await page.getByLabel('Your sign-in password').fill(signInPassword);
	const phrase = await chooseOffered(page);
	await page.getByRole('button', { name: change }).click();
	const code = await keepCode(page);
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible();
	await expect(page.getByText(/Under your key, number 2, since/)).toBeVisible({ timeout: 30_000 });
	return { phrase, code };
}

/** Shows the screen of a reset as it is once its day is over: nobody waits for it here, and the server would still refuse. */
export async function showDueReset(page: Page): Promise<void> {
	const reset = { asked: '2026-01-01T00:00:00.000Z', due: '2026-01-02T00:00:00.000Z' };
	await page.route('**/api/keys', async (route) => {
		if (route.request().method() !== 'GET') return route.fallback();
		const answer = await route.fetch();
		await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), reset } });
	});
	await page.goto('/unlock/reset');
}

/** Types the phrase that is offered for a new password; gives it. */
export async function chooseOffered(page: Page): Promise<string> {
	const offered = page.getByRole('status', { name: 'Your phrase' });
	await expect(offered).toHaveText(/\w-\w/);
	const phrase = (await offered.textContent())?.trim() ?? '';
	await page.getByLabel('Type it again').fill(phrase);
	return phrase;
}
