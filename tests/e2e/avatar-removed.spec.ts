import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/database-test.ts';
import { newcomer, signIn } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { newPersonApi } from './person-api.ts';
import { drawnPhoto } from './with-files.ts';

/** What the switcher shows of the entity that is open. */
const shown = (page: Page) => page.getByRole('button', { name: /: switch entity$/ }).locator('img');

/** How many pictures and parts of files a device keeps. */
const keptOn = (page: Page) =>
	page.evaluate(async () => {
		const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('arca-'));
		const opening = indexedDB.open(found?.name ?? '');
		const database = await new Promise<IDBDatabase>((resolve, reject) => {
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(new Error('no database'));
		});
		const counting = database.transaction('parts').objectStore('parts').count();
		const count = await new Promise<number>((resolve) => (counting.onsuccess = () => resolve(counting.result)));
		database.close();
		return count;
	});

test("an entity's picture goes from the device of a member who was removed, and is signed for them no more", async ({
	page,
	browser,
	baseURL,
	sql
}) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/entities/${entity}`);
	const buffer = Buffer.from(await drawnPhoto(page));
	await page.locator('input[type=file]').setInputFiles({ name: 'ana.jpg', mimeType: 'image/jpeg', buffer });
	await expect(shown(page)).toBeVisible();

	const mark = newcomer();
	const own = await newPersonApi(baseURL ?? '', mark);
	const home = await own.createEntity('Mark');
	await sql`insert into memberships (entity_id, user_id, role, domains) values (${entity}, ${own.user}, 'viewer', '{health}')`;
	const context = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'block' });
	const his = await context.newPage();
	const signing: number[] = [];
	his.on('response', (answer) => {
		if (answer.url().includes('/object/sign/plain/') && answer.request().method() === 'POST')
			signing.push(answer.status());
	});
	await signIn(his, mark, `/${entity}`);
	await expect(shown(his)).toBeVisible();
	expect([signing, await keptOn(his)]).toEqual([[200], 1]);

	await sql`delete from memberships where user_id = ${own.user} and entity_id = ${entity}`;
	await his.goto(`/${home}`);
	await expect(his.getByRole('button', { name: 'Mark: switch entity' })).toBeVisible();
	await expect.poll(() => keptOn(his)).toBe(0);
	const [{ avatar } = { avatar: '' }] = await sql<
		{ avatar: string }[]
	>`select avatar from entities where id = ${entity}`;
	const path = `/supabase/storage/v1/object/sign/plain/${entity}/other/avatar/${avatar}`;
	await expect(own.post(path, { expiresIn: 60 })).rejects.toThrow(/ 40[0-4] /);
	await context.close();
});
