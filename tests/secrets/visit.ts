import type { Page } from '@playwright/test';

/** Goes to a path in the page that is open, as a link does: loaded anew, the vault would be locked. */
export async function visit(page: Page, path: string): Promise<void> {
	await page.evaluate((href) => {
		const link = document.body.appendChild(Object.assign(document.createElement('a'), { href }));
		link.click();
		link.remove();
	}, path);
	await page.waitForURL(`**${path}`);
}
