import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';

/** A person for one test: nobody else's address, a password that follows the rules. */
export interface Newcomer {
	email: string;
	password: string;
}

/** A person who has no account yet. */
export function newcomer(): Newcomer {
	return { email: `ana-${randomUUID().slice(0, 8)}@example.org`, password: 'six quiet words 4 Ana!' };
}

/**
 * Creates an account on the screen, as a person of any language does, and waits until it is open.
 * @param origin where the server is, for a page that was not given one as its base
 */
export async function createAccount(page: Page, person: Newcomer, origin = ''): Promise<void> {
	await page.goto(`${origin}/create-account`);
	await page.locator('input[autocomplete=username]').fill(person.email);
	await page.locator('input[autocomplete=new-password]').fill(person.password);
	await page.locator('form button[type=submit]').click();
	await page.waitForURL(/\/entities/);
}

/**
 * Signs in on the screen, as a person of any language does.
 * @param next where that leads, if not to the person's entities
 * @param origin where the server is, for a page that was not given one as its base
 */
export async function signIn(page: Page, person: Newcomer, next = '', origin = ''): Promise<void> {
	await page.goto(`${origin}/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
	await page.locator('input[autocomplete=username]').fill(person.email);
	await page.locator('input[autocomplete=current-password]').fill(person.password);
	await page.locator('form button[type=submit]').click();
}
