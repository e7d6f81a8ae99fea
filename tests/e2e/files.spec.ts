import { readFile } from 'node:fs/promises';
import { asTaken, DEVICE, holds, letters, PLACE } from '../factories/pictures.ts';
import { pdfOf } from '../factories/pdf.ts';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { act, attach, begin, drawnPhoto, forgetParts, row } from './with-files.ts';

test('a picture goes without its place, is shown, renamed and saved, and comes back from the bin', async ({
	page,
	baseURL
}) => {
	const entity = await begin(page, baseURL);
	const taken = asTaken(await drawnPhoto(page), 6);
	expect(holds(taken, PLACE)).toBe(true);
	await attach(page, 'receipt.jpg', 'image/jpeg', taken);
	await lookAt(page, 'form');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByRole('link', { name: 'Oven' }).first().click();

	await row(page, 'receipt.jpg').press('Enter');
	const picture = page.getByRole('dialog').getByRole('img', { name: 'receipt.jpg' });
	// Turned as it was taken.
	await expect
		.poll(() => picture.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]))
		.toEqual([200, 300]);
	await lookAt(page, 'picture');
	const address = (await picture.getAttribute('src')) ?? '';
	expect(await page.evaluate(draws, address)).toBe(true);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	expect(await page.evaluate(draws, address), 'when it is closed nothing stays').toBe(false);

	const saved = page.waitForEvent('download');
	await act(page, 'receipt.jpg', 'Download');
	const bytes = await readFile(await (await saved).path());
	expect((await saved).suggestedFilename()).toBe('receipt.jpg');
	expect(holds(bytes, PLACE) || holds(bytes, letters(DEVICE))).toBe(false);

	await act(page, 'receipt.jpg', 'Rename');
	await page.getByRole('dialog').getByLabel('Name').fill('oven.jpg');
	await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
	await act(page, 'oven.jpg', 'Remove');
	await expect(row(page, 'oven.jpg')).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(row(page, 'oven.jpg')).toBeVisible();
	expect(page.url()).toContain(entity);
});

test('a PDF and a text are shown within the app, and a page of the web is not', async ({ page, baseURL }) => {
	await begin(page, baseURL);
	await attach(page, 'letter.pdf', 'application/pdf', pdfOf('Dear Ana'));
	await attach(page, 'note.txt', 'text/plain', letters('Plain words'));
	await attach(page, 'drawing.svg', 'image/svg+xml', letters('<svg xmlns="http://www.w3.org/2000/svg"/>'));
	await row(page, 'letter.pdf').click();
	await expect(page.getByRole('dialog').getByText('Dear Ana')).toBeAttached();
	await lookAt(page, 'pdf');
	await page.keyboard.press('Escape');
	await row(page, 'note.txt').click();
	await expect(page.getByRole('dialog').getByText('Plain words')).toBeVisible();
	await lookAt(page, 'text');
	await page.keyboard.press('Escape');
	await row(page, 'drawing.svg').click();
	await expect(page.getByRole('dialog')).toContainText('cannot be shown here');
});

test('files are dropped and pasted anywhere, and of a film it is said that its place stays', async ({
	page,
	baseURL
}) => {
	await begin(page, baseURL);
	await page.evaluate(() => {
		const carry = (file: File): DataTransfer => {
			const carried = new DataTransfer();
			carried.items.add(file);
			return carried;
		};
		const how = { bubbles: true, cancelable: true };
		const words = new File(['dropped words'], 'words.txt', { type: 'text/plain' });
		document.body.dispatchEvent(new DragEvent('drop', { ...how, dataTransfer: carry(words) }));
		const film = new File(['\0\0\0\x18ftypqt  '], 'IMG_7.mov', { type: 'video/quicktime' });
		document.body.dispatchEvent(new ClipboardEvent('paste', { ...how, clipboardData: carry(film) }));
	});
	await expect(row(page, 'words.txt')).toBeVisible();
	await expect(row(page, 'IMG_7.mov')).toBeVisible();
	await expect(page.getByText('cannot take out the place where they were taken: IMG_7.mov')).toBeVisible();
	await page.getByRole('button', { name: 'More for words.txt' }).click();
	await lookAt(page, 'list');
});

test('of a file that was changed at the server nothing is shown or saved, and it is said', async ({
	page,
	baseURL
}) => {
	await begin(page, baseURL);
	await attach(page, 'note.txt', 'text/plain', letters('Plain words'));
	await page.evaluate(forgetParts);
	await page.route('**/api/contents/*/parts/0', (route) =>
		route.fulfill({ contentType: 'application/octet-stream', body: 'Plain wards' })
	);
	await row(page, 'note.txt').click();
	await expect(page.getByRole('dialog').getByRole('alert')).toContainText('damaged');
	await expect(page.getByText('Plain wards')).toHaveCount(0);
	await page.keyboard.press('Escape');
	const downloads: unknown[] = [];
	page.on('download', (download) => downloads.push(download));
	await act(page, 'note.txt', 'Download');
	await expect(page.getByText('This file is damaged').last()).toBeVisible();
	expect(downloads).toEqual([]);
});

/** Is there a picture at an address? */
async function draws(address: string): Promise<boolean> {
	const picture = new Image();
	picture.src = address;
	return picture.decode().then(
		() => true,
		() => false
	);
}

test(
	'an upload that waits or failed says why, and is tried again when it is asked for',
	{ tag: '@long' },
	async ({ page, baseURL }) => {
		await begin(page, baseURL);
		const answers = [503, 403];
		const isPart = '**/api/contents/*/parts/*';
		await page.route(isPart, (route) =>
			route.fulfill({
				status: answers[0] ?? 500,
				contentType: 'application/problem+json',
				json: { type: '/problems/access/denied', title: 'no', status: answers[0] }
			})
		);
		const bytes = Buffer.from(letters('Plain words'));
		await page
			.locator('input[type=file][multiple]')
			.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: bytes });
		const again = page.getByRole('button', { name: 'Try again: a.txt' });
		await expect(page.getByText('Waits for the server')).toBeVisible();
		answers.shift();
		await again.press('Enter');
		await expect(page.getByText('Waits for the server')).toHaveCount(0);
		await expect(again).toBeVisible();
		await lookAt(page, 'failed');
		await page.unroute(isPart);
		await again.press('Enter');
		await expect(row(page, 'a.txt')).toBeVisible();
	}
);
