import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
/** The day in so many days, where the browsers of these tests are. */
const day = (ahead: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(new Date(Date.now() + ahead * 86_400_000));

test('what expires, ends or is to be done is told of on Home and in Papers, soonest first', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	await api.write(
		entity,
		[
			bodyOf('warranty', { item: 'Oven', ends: day(9) }),
			bodyOf('identity-document', { type: 'passport', expires: day(52) }),
			bodyOf('property-paper', { title: 'Property tax', expires: day(-3), amount: { minor: 38_112, currency: 'EUR' } }),
			bodyOf('contract', { name: 'Garage', party: 'Ana', ends: day(300), renews: 'yes' }),
			bodyOf('task', { title: 'Book the appointment', due: day(1), status: 'open' }),
			bodyOf('task', { title: 'Sort the letters' })
		],
		'administration'
	);
	await page.reload();
	const due = card(page, 'Due and expiring');
	await expect(due.getByRole('listitem')).toHaveText([
		/Property tax.*€381\.12.*Was due 3 days ago/s,
		/Book the appointment.*To be done tomorrow/s,
		/Oven.*Warranty ends in 9 days/s,
		/Passport.*Expires in 52 days/s
	]);
	await expectNoFindings(page);
	await due.getByRole('button', { name: /^Done: Book the appointment/ }).press('Enter');
	await expect(due.getByRole('listitem')).toHaveCount(3);

	await page.getByRole('link', { name: 'Papers', exact: true }).click();
	await expect(card(page, 'Due and expiring').getByRole('listitem')).toHaveCount(3);
	const tasks = card(page, 'Tasks');
	await expect(tasks.getByRole('listitem')).toHaveText([/Sort the letters/]);
	await tasks.getByRole('button', { name: 'Done: Sort the letters' }).click();
	await expect(tasks).toContainText('Nothing to do');
	await expectNoFindings(page);
	await page
		.getByRole('main')
		.getByRole('link', { name: /Property papers/ })
		.click();
	await expect(page.getByRole('row', { name: /Property tax/ })).toContainText('Was due');
});
