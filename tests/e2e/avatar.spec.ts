import { asTaken, holds, PLACE } from '../factories/pictures.ts';
import { expect, test, type Page } from '../stage/browser-test.ts';
import { startFront } from '../stage/front.ts';
import { lookAt } from '../stage/looks.ts';
import { newcomer } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { newPersonApi } from './person-api.ts';
import { drawnPhoto } from './with-files.ts';

test.use({ serviceWorkers: 'allow' });

/** What the switcher shows of the entity that is open. */
const shown = (page: Page) => page.getByRole('button', { name: /: switch entity$/ }).locator('img');

test('a picture of an entity is chosen, goes without its place, is there without a network, and is taken away', async ({
	page,
	context,
	baseURL
}) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/entities/${entity}`);
	const taken = asTaken(await drawnPhoto(page), 6);
	const stored = page.waitForRequest(
		(request) => request.method() === 'POST' && request.url().includes('/object/plain/')
	);
	const file = { name: 'ana.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(taken) };
	await page.locator('input[type=file]').setInputFiles(file);
	await expect(shown(page)).toBeVisible();
	const bytes = (await stored).postDataBuffer() ?? Buffer.alloc(0);
	expect([bytes.length > 100, holds(taken, PLACE), holds(bytes, PLACE)]).toEqual([true, true, false]);
	const size = ({ naturalWidth, naturalHeight }: HTMLImageElement) => [naturalWidth, naturalHeight];
	expect(await shown(page).evaluate(size)).toEqual([256, 256]);
	await lookAt(page, 'avatar');

	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	await context.setOffline(true);
	await page.reload();
	await expect(shown(page)).toBeVisible();
	await page.getByRole('button', { name: 'Remove picture' }).click();
	await expect(page.getByRole('alert')).toContainText('The server is not reached');
	await expect(shown(page), 'what was not done is not shown').toBeVisible();
	await context.setOffline(false);

	await page.getByRole('button', { name: 'Remove picture' }).click();
	await expect(page.getByRole('button', { name: 'Choose a picture' })).toBeVisible();
	await expect(shown(page)).toHaveCount(0);
});

test('a page that was stored as a file is a download, and runs where nothing says that it is one', async ({
	page,
	baseURL: origin
}) => {
	const baseURL = origin ?? '';
	const api = await newPersonApi(baseURL, newcomer());
	const entity = await api.createEntity('Casa');
	const script = '<script>document.documentElement.setAttribute("data-ran", location.origin)</script>';
	const pages = [
		['text/html', `<!doctype html>${script}`],
		['image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`]
	] as const;
	const front = await startFront(baseURL);
	for (const [type, text] of pages) {
		await page.goto('about:blank');
		const url = await api.storePlain(entity, Buffer.from(text));
		const saved = page.waitForEvent('download');
		await expect(page.goto(url)).rejects.toThrow(/Download is starting/);
		expect((await saved).url()).toBe(url);
		expect([page.url(), await page.locator('[data-ran]').count()]).toEqual(['about:blank', 0]);

		front.change('*', (body, headers) => {
			delete headers['content-disposition'];
			delete headers['content-security-policy'];
			headers['content-type'] = type;
			return body;
		});
		await page.goto(url.replace(baseURL, front.url));
		await expect(page.locator(`[data-ran="${front.url}"]`), type).toHaveCount(1);
	}
	await front.stop();
});
