import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';

/** The password of every account a test makes. */
export const PASSWORD = 'quiet river lantern';

export interface Tokens {
	access_token: string;
	refresh_token: string;
}

let count = 0;

/** An address nobody has used. */
export const newEmail = (): string => `door-${process.pid}-${Date.now()}-${count++}@example.org`;

/** Creates an account through the page, and gives the tokens the server answered with. */
export async function createAccount(page: Page, email = newEmail()): Promise<Tokens & { email: string }> {
	await page.goto('/create-account');
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(PASSWORD);
	const answer = page.waitForResponse('**/auth/v1/signup');
	await page.getByRole('button', { name: 'Create account' }).click();
	const tokens = (await (await answer).json()) as Tokens;
	await expect(page).toHaveURL(/\/entities/);
	return { email, ...tokens };
}

/** Fills in and sends the form of the sign-in page. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}
