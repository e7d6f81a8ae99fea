import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import postgres from 'postgres';
import { secretsOf } from '../secrets/account-secrets.ts';
import type { Known } from '../secrets/account-secrets.ts';
import { searchFor } from '../secrets/find-secrets.ts';
import { canariesOf, canaryRecords, fillIn } from '../secrets/health-canaries.ts';
import { repeatedNonces } from '../secrets/nonces.ts';
import { pinSecrets, watchPins } from '../secrets/pin-secrets.ts';
import { visit } from '../secrets/visit.ts';
import { watchedBrowser } from '../secrets/watched-browser.ts';
import type { WatchedBrowser } from '../secrets/watched-browser.ts';
import { startFront } from '../stage/front.ts';
import type { Exchange, Front } from '../stage/front.ts';
import { createAccount, newcomer, signIn } from '../stage/newcomer.ts';
import { startPostgres } from '../stage/postgres.ts';
import type { TestPostgres } from '../stage/postgres.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { keepCode, turnOnEncryption, unlock } from './encryption-steps.ts';
import { setPin, tryPin } from './pin-steps.ts';

/** A server of its own on a PostgreSQL that the test can move the clock in, and a front that puts down every byte. */
let cluster: TestPostgres, server: TestServer, front: Front, databaseUrl: string;
const exchanges: Exchange[] = [];

test.beforeAll(async () => {
	cluster = await startPostgres();
	databaseUrl = await cluster.createDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	front = await startFront(server.url, exchanges);
});
test.afterAll(async () => {
	await front?.stop();
	await server?.stop();
	await cluster?.stop();
});

/** Chooses the phrase that is offered as the new encryption password; gives it with the new recovery code. */
async function choosePhrase(page: Page, signInPassword: string, deed: string): Promise<Known> {
	await page.getByLabel('Your sign-in password').fill(signInPassword);
	const offered = page.getByRole('status', { name: 'Your phrase' });
	await expect(offered).toHaveText(/\w-\w/);
	const password = (await offered.textContent())?.trim() ?? '';
	await page.getByLabel('Type it again').fill(password);
	await page.getByRole('button', { name: deed }).click();
	return { password, code: await keepCode(page) };
}

async function rotate(page: Page): Promise<void> {
	await visit(page, '/settings/security');
	await page.getByRole('button', { name: /^New key: Health/ }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'New key' }).click();
	await expect(page.getByText(/Under your key, number 3/)).toBeVisible();
}

/** Long enough to stand nowhere by chance. */
const PIN = '271828182845';

const bytesOf = ({ head, body }: Exchange): Buffer => Buffer.concat([Buffer.from(`${head}\n\n`), body]);

test('nothing secret leaves the browser or stays on its disk, over everything that is done with keys', async () => {
	test.setTimeout(240_000);
	const [person, records, known] = [newcomer(), canaryRecords(), [] as Known[]];
	const browsers: WatchedBrowser[] = [];
	const device = async () => {
		const browser = await watchedBrowser(front.url);
		browsers.push(browser);
		return browser.page;
	};
	try {
		const page = await device();
		const pinsRead = await watchPins(page.context());
		await createAccount(page, person, front.url);
		await page.getByLabel('Name', { exact: true }).fill('Casa Ribera');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.waitForURL(/\/[0-9a-f-]{36}$/);
		const entity = page.url().slice(-36);
		const { phrase, code } = await turnOnEncryption(page);
		known.push({ password: phrase, code });
		for (const record of records) {
			await visit(page, `/${entity}/health/${record.kind}/new`);
			await fillIn(page, record);
			await page.waitForURL(`**/health/${record.kind}`);
		}

		await visit(page, '/settings/security');
		await setPin(page, PIN);
		await page.goto(`/${entity}/health/condition`);
		await tryPin(page, PIN);
		await expect(page.getByRole('row', { name: records[0]?.texts['Name'] ?? '' })).toBeVisible();

		const other = await device();
		await other.goto(`/${entity}/health/condition`);
		await signIn(other, person);
		await unlock(other, phrase);
		await visit(other, `/${entity}/health/condition`);
		await expect(other.getByRole('row', { name: records[0]?.texts['Name'] ?? '' })).toBeVisible();
		await visit(other, '/settings/security/change');
		known.push(await choosePhrase(other, person.password, 'Change encryption password'));
		await rotate(other);

		await other.goto('/settings');
		await other.getByRole('button', { name: 'Use the recovery code' }).click();
		await other.getByLabel('Recovery code').fill(known[1]?.code ?? '');
		await other.getByRole('button', { name: 'Unlock' }).click();
		await expect(other.getByRole('heading', { name: 'Your vault is open' })).toBeVisible();

		await other.goto('/unlock/reset');
		await other.getByLabel(/^Type “/).fill('begin anew');
		await other.getByRole('button', { name: 'Ask for the reset' }).click();
		await expect(other.getByRole('button', { name: /^Cancel/ })).toBeVisible();
		await passTime();
		await other.reload();
		known.push(await choosePhrase(other, person.password, 'Reset now'));

		const pin = await pinSecrets(exchanges, PIN, pinsRead);
		const secrets = [...(await secretsOf(exchanges, known)), ...pin.never];
		// Turned on, changed, rotated, reset: each with a key of its own.
		const names = secrets.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([1, 2, 3].map((version) => `the account key ${version}`)));
		expect(names).toEqual(expect.arrayContaining([1, 2, 3, 4].map((number) => `the domain key of health ${number}`)));
		const canaries = canariesOf(records);
		const search = searchFor([...secrets, ...canaries]);
		const shallow = searchFor([...secrets, ...canaries, pin.share], false);

		for (const { name, value } of [...secrets, ...canaries]) {
			const planted = gzipSync(JSON.stringify({ planted: Buffer.from(value).toString('base64url') }));
			await fetch(`${front.url}/api/health`, { method: 'POST', body: planted });
			const request = exchanges.pop();
			expect(request && search(bytesOf(request)), `a planted request with ${name} is found`).not.toEqual([]);
		}
		expect(exchanges.flatMap((exchange) => search(bytesOf(exchange)))).toEqual([]);
		const answers = exchanges.filter(({ head }) => !/^GET \/(?:_app|fonts|icons)\//.test(head));
		expect(answers.flatMap(({ answerHead, answer }) => [...search(answerHead), ...search(answer)])).toEqual([]);
		expect(search(server.log())).toEqual([]);
		expect(repeatedNonces(exchanges)).toEqual([]);
		for (const { seen } of browsers) expect(seen.flatMap(search)).toEqual([]);
		for (const browser of browsers) expect(shallow(await browser.storage())).toEqual([]);
		for (const browser of browsers) {
			await browser.page.evaluate(plant, phrase);
			await browser.end();
			const found = browser.searchFiles(shallow);
			expect(
				found.filter((file) => file.includes('IndexedDB')),
				'a planted one is found'
			).not.toEqual([]);
			expect(found.filter((file) => !/IndexedDB.*the encryption password 1: as it is/.test(file))).toEqual([]);
		}
	} finally {
		for (const browser of browsers) await browser.close();
	}
});

/** The day that a reset takes has gone by. */
async function passTime(): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1 });
	await sql`update public.key_resets set asked_at = asked_at - interval '25 hours', due_at = due_at - interval '25 hours'`;
	await sql.end();
}

/** Writes a text into a database of its own. */
function plant(text: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const asked = indexedDB.open('planted', 1);
		asked.onupgradeneeded = () => asked.result.createObjectStore('texts');
		asked.onsuccess = () => {
			const change = asked.result.transaction('texts', 'readwrite', { durability: 'strict' });
			change.objectStore('texts').put({ text }, 1);
			change.oncomplete = () => resolve();
			change.onerror = () => reject(new Error('not written'));
		};
	});
}
