import { expect, test } from '../stage/browser-test.ts';
import { atHome, atSecurity } from './at-home.ts';
import { keepCode, turnOnEncryption, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

const WRONG = 'This does not open the vault.';

test('a person turns on user encryption, is asked from then on, and only the right password opens', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHome(page, baseURL);
	const { phrase } = await turnOnEncryption(page);
	await expect(page.getByText(/Under your key, number 1/).first()).toBeVisible();
	await page.goto(`/${entity}/finances`);
	await expect(page).toHaveURL(`/unlock?next=%2F${entity}%2Ffinances`);
	await unlock(page, `${phrase}x`);
	await expect(page.getByText(WRONG)).toBeVisible();
	await expect(page.getByLabel('Encryption password')).toBeFocused();
	await expect(page.getByLabel('Encryption password'), 'what was typed stays').toHaveValue(`${phrase}x`);
	await unlock(page, phrase);
	await expect(page).toHaveURL(`/${entity}/finances`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the recovery code opens the vault without the password, and leads to a new one', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	const { code } = await turnOnEncryption(page);
	await page.reload();
	await page.getByRole('button', { name: 'Use the recovery code' }).click();
	const field = page.getByLabel('Recovery code');
	await field.fill(`${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`);
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByText(/typing error/)).toBeVisible();
	await field.fill(code.toLowerCase().replaceAll('-', ' '));
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByRole('heading', { name: 'Your vault is open' })).toBeVisible();
	await page.getByRole('link', { name: 'Change encryption password' }).click();
	await expect(page.getByRole('heading', { name: 'Change encryption password' })).toBeVisible();
});

test('a recovery code that was not kept is not taken for one that was', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await page.goto('/settings/security/turn-on');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Tick this to go on.')).toBeVisible();
	await page.getByLabel(/I understand/).check();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByText('A password of your own').click();
	await page.getByLabel('Encryption password').fill('Password1!');
	await page.getByLabel('Type it again').fill('Password1!');
	await page.getByRole('button', { name: 'Turn on user encryption' }).click();
	await expect(page.getByText('This password does not meet every rule yet.')).toBeVisible();
	const own = 'Nine Paper Lanterns over 7 quiet Rivers!';
	await page.getByLabel('Encryption password').fill(own);
	await page.getByLabel('Type it again').fill(own);
	await page.getByRole('button', { name: 'Turn on user encryption' }).click();
	await page.getByRole('button', { name: 'I have kept it' }).click({ timeout: 60_000 });
	for (const field of await page.getByLabel(/^Group \d of the code$/).all()) await field.fill('AAAA');
	await page.getByRole('button', { name: 'Check' }).click();
	await expect(page.getByText('This is not that group of the code.').first()).toBeVisible();
	await page.getByRole('button', { name: 'Show the code again' }).click();
	await keepCode(page);
	await expect(page.getByRole('heading', { name: 'User encryption is on' })).toBeVisible();
});

test('the password that signs in is not taken for the encryption, and nothing is sent to find that out', async ({
	page,
	baseURL
}) => {
	await atHome(page, baseURL);
	// By the menu: a page that is loaded anew has forgotten what was typed at the door.
	await page.getByRole('link', { name: 'Settings' }).first().click();
	await page.getByRole('link', { name: /^Security/ }).click();
	await page.getByRole('link', { name: 'Turn on user encryption' }).click();
	await page.getByLabel(/I understand/).check();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByText('A password of your own').click();
	const signIn = 'six quiet words 4 Ana!';
	const sent: string[] = [];
	page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
	await page.evaluate(async (text) => void (await fetch('/api/health', { method: 'POST', body: text })), signIn);
	const isAbout = (line: string) => line.includes(signIn) || /\/auth\/v1\/|\/api\/keys/.test(line);
	expect(sent.filter(isAbout), 'one that is sent is found').toHaveLength(1);
	await page.getByLabel('Encryption password').fill(signIn);
	await page.getByLabel('Type it again').fill(signIn);
	await page.getByRole('button', { name: 'Turn on user encryption' }).click();
	await expect(page.getByText('This is the password you sign in with.')).toBeVisible();
	// attacks.md, row 43: it is compared in memory.
	expect(sent.filter(isAbout)).toHaveLength(1);
});

test('Lock now takes everything off the screen, in every tab, and the way back leads to the lock', async ({
	page,
	context,
	baseURL
}) => {
	const { entity, api, phrase } = await atSecurity(page, baseURL);
	await api.write(entity, [bodyOf('account', { name: 'Canary purse', type: 'cash', currency: 'EUR' })]);
	const other = await context.newPage();
	await other.goto('/settings');
	await unlock(other, phrase);
	await expect(other.getByRole('heading', { name: 'Settings' })).toBeVisible();
	await page.getByRole('link', { name: 'Home' }).first().click();
	await expect(page.getByText('Canary purse').first()).toBeVisible();
	await page.keyboard.press('Control+Shift+L');
	for (const tab of [page, other]) await expect(tab.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await expect(page.getByText('Canary purse')).toHaveCount(0);
	await unlock(page, phrase);
	await page.goto(`/${entity}`);
	await unlock(page, phrase);
	await expect(page.getByText('Canary purse').first()).toBeVisible();
});
