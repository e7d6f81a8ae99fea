import type { Page } from '@playwright/test';

/** The server answers as to a session that has its second step to show, until it has shown one. */
export async function waitForStep(page: Page, path: string, type: 'second-step' | 'fresh-step'): Promise<void> {
	const problem = { type: `/problems/session/${type}`, title: 'Show the second step first', status: 403 };
	const error_code = type === 'fresh-step' ? 'fresh_step' : 'insufficient_aal';
	await page.route(path, async (route) => {
		// Nothing of this kind is ever asked before an account is read.
		if (path.endsWith('/user') && route.request().method() === 'GET') return route.fallback();
		const body = JSON.stringify({ ...problem, error_code });
		return route.fulfill({ status: 403, contentType: 'application/problem+json', body });
	});
	page.on('response', (answer) => {
		if (/\/api\/two-factor\/(passkey|recovery)$/.test(answer.url()) && answer.ok()) void page.unroute(path);
	});
}

/** What asks for a code shows its field, and is given a recovery code. */
export async function recoverWith(page: Page, recoveryCode = ''): Promise<void> {
	await page.getByRole('button', { name: 'Use a recovery code', exact: true }).click();
	await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode);
	await page.getByRole('textbox', { name: 'Recovery code' }).press('Enter');
}
