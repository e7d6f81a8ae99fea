import { pdfOf } from '../factories/pdf.ts';
import { letters } from '../factories/pictures.ts';
import { expect, type Page } from '../stage/browser-test.ts';
import { test } from '../stage/front-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';
import { attach, forgetParts, row } from './with-files.ts';

test.use({ serviceWorkers: 'allow' });

async function drawing(page: Page): Promise<Uint8Array> {
	const drawn = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(30, 20);
		canvas.getContext('2d')?.fillRect(2, 2, 20, 10);
		return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
	});
	return Uint8Array.from(drawn);
}

/** Opens each file, and closes it again. */
async function openAll(page: Page): Promise<void> {
	const dialog = page.getByRole('dialog');
	await row(page, 'scan.png').click();
	const picture = dialog.getByRole('img', { name: 'scan.png' });
	await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(30);
	await page.keyboard.press('Escape');
	await row(page, 'note.txt').click();
	await expect(dialog.getByText('Plain words')).toBeVisible();
	await page.keyboard.press('Escape');
	await row(page, 'letter.pdf').click();
	await expect(dialog.getByText('Dear Ana')).toBeAttached();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
}

test('files that were opened before open again without a network, after a reload and an unlock', async ({
	page,
	context,
	front,
	baseURL
}) => {
	const { entity, phrase } = await atSecurity(page, baseURL);
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
		timeout: 60_000
	});
	const form = `/${entity}/health/health-document/new`;
	await page.goto(form);
	await unlock(page, phrase);
	await attach(page, 'scan.png', 'image/png', await drawing(page));
	await attach(page, 'note.txt', 'text/plain', letters('Plain words'));
	await attach(page, 'letter.pdf', 'application/pdf', pdfOf('Dear Ana'));
	// As on a device that did not send them: they come from the server, once.
	await page.evaluate(forgetParts);
	await openAll(page);
	expect(front.asked.filter((path) => /^\/api\/contents\/.*\/parts\/0$/.test(path)).length).toBeGreaterThanOrEqual(6);

	expect(await page.evaluate(keptLate), 'what reads PDFs is kept').toBe(4);

	await front.stop();
	await context.setOffline(true);
	await page.reload();
	await unlock(page, phrase);
	await openAll(page);
	await page.evaluate(forgetParts);
	await row(page, 'note.txt').click();
	await expect(page.getByRole('dialog').getByRole('alert')).toContainText('was not opened here before');
});

async function keptLate(): Promise<number> {
	return (await (await caches.open('late')).keys()).length;
}
