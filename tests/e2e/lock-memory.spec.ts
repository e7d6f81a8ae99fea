import { expect, test } from '@playwright/test';
import { secretsOf } from '../secrets/account-secrets.ts';
import { LOOK_INTO, lookInto } from '../secrets/browser-memory.ts';
import { searchFor } from '../secrets/find-secrets.ts';
import { canariesOf, canaryRecords, fillIn } from '../secrets/health-canaries.ts';
import { pinSecrets, watchPins } from '../secrets/pin-secrets.ts';
import { visit } from '../secrets/visit.ts';
import { watchedBrowser } from '../secrets/watched-browser.ts';
import { startFront } from '../stage/front.ts';
import type { Exchange } from '../stage/front.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption } from './encryption-steps.ts';
import { setPin, tryPin } from './pin-steps.ts';

/** Long enough to stand nowhere by chance. */
const PIN = '271828182845';

/*
 * What is searched: every string of the heaps of all pages and workers, and, where the system lets it be read, the whole
 * memory of the browser's page processes for the bytes of keys. Not held: that text (of records, of what was typed) which
 * the browser has let go of is written over in those processes. No page can do that.
 */
test('a locked vault leaves no record and no key in memory, also when it was locked during a sync', async ({}, info) => {
	test.setTimeout(300_000);
	const exchanges: Exchange[] = [];
	const front = await startFront(process.env.ARCA_E2E_URL ?? '', exchanges);
	const browser = await watchedBrowser(front.url, LOOK_INTO);
	const { page } = browser;
	const memory = await lookInto(browser.profile);
	const pinsRead = await watchPins(page.context());
	try {
		const { entity } = await atHome(page, front.url);
		const { phrase, code } = await turnOnEncryption(page);
		await setPin(page, PIN);
		const list = `/${entity}/health/note`;
		const [kept, unsent] = [canaryRecords(), canaryRecords()].map((records) =>
			records.filter(({ kind }) => kind === 'note')
		);
		const write = async (records: typeof kept = []) => {
			for (const record of records) {
				await visit(page, `${list}/new`);
				await fillIn(page, record);
				await page.waitForURL(`**${list}`);
			}
		};
		await write(kept);
		const pin = await pinSecrets(exchanges, PIN, pinsRead);
		const secrets = [...(await secretsOf(exchanges, [{ password: phrase, code }])), ...pin.never];
		const canaries = canariesOf([...(kept ?? []), ...(unsent ?? [])]);
		const search = searchFor([...secrets, ...canaries, pin.share], false);
		const keys = searchFor(
			secrets.filter(({ value }) => typeof value !== 'string'),
			false
		);
		// The PIN's own, which are looked for right after it opened too: a lock in the middle of other work is left out there.
		const ofPin = searchFor(
			pin.never.filter(({ value }) => typeof value !== 'string'),
			false
		);
		const inHeaps = async () =>
			(await memory.heaps()).flatMap(({ type, strings }) => search(strings).map((what) => `${type}: ${what}`));
		for (const moment of process.env.ARCA_SOAK ? ['at rest', 'during a sync'] : ['during a sync']) {
			if (moment === 'during a sync') {
				// What is sent is never answered: the lock comes in the middle of it.
				await page.context().route('**/api/records/push', () => new Promise(() => undefined));
				await Promise.all([page.waitForRequest('**/api/records/push'), write(unsent)]);
			}
			const open = await inHeaps();
			for (const place of [/^page: Title of note/, /^worker: Title of note/])
				expect(open, `${moment}: the search finds an opened record`).toContainEqual(expect.stringMatching(place));
			const before = await memory.searchProcesses(keys);
			if (before) expect(before, 'and a key').toContainEqual(expect.stringMatching(/the body key/));
			else info.annotations.push({ type: 'not searched', description: 'the memory of processes' });
			// The bundle's JSON has the identity's private keys as text: not even while it is open is one left behind.
			expect(before?.filter((one) => / seed \d+: base64/.test(one)) ?? [], 'no private key is a text').toEqual([]);
			await page.keyboard.press('Control+Shift+L');
			await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
			expect(await inHeaps(), `locked ${moment}`).toEqual([]);
			expect((await memory.searchProcesses(keys)) ?? [], `locked ${moment}`).toEqual([]);
			await tryPin(page, PIN);
			await visit(page, list);
			await expect(page.getByRole('row', { name: kept?.[0]?.texts['Title'] ?? '' })).toBeVisible();
			await page.keyboard.press('Control+Shift+L');
			await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
			expect(await inHeaps(), 'locked after the PIN opened it').toEqual([]);
			expect((await memory.searchProcesses(ofPin)) ?? [], 'locked after the PIN opened it').toEqual([]);
			await tryPin(page, PIN);
			await visit(page, list);
		}
	} finally {
		memory.close();
		await browser.close();
		await front.stop();
	}
});
