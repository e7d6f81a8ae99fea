import { expect, test } from '../stage/browser-test.ts';
import { test as withFront } from '../stage/front-test.ts';
import { expectNoFindings, expectNoFindingsInBoth, expectTouchable, findingsOn } from '../stage/looks.ts';

const pages = ['/sign-in', '/create-account', '/reset'];

for (const path of pages)
	test(`axe finds nothing on ${path}`, async ({ page }) => {
		await page.goto(path);
		await page.locator('form button[type=submit]').click();
		await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
		await expectNoFindingsInBoth(page);
	});

test('axe finds what is planted, and by the colours alone what hangs on them', async ({ page }) => {
	await page.goto('/sign-in');
	// Not before the app is awake: what it takes over it would clear of foreign nodes.
	await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
	await page.evaluate(() => {
		const faint = document.createElement('p');
		faint.textContent = 'hardly to be read';
		Object.assign(faint.style, { color: 'rgb(200, 200, 200)', background: 'white' });
		document.querySelector('main')?.append(document.createElement('img'), faint);
	});
	const [all, colours] = [await findingsOn(page), await findingsOn(page, 'colours')];
	expect(all.join('\n')).toMatch(/image-alt(.|\n)*color-contrast|color-contrast(.|\n)*image-alt/);
	expect(colours).toEqual([expect.stringContaining('color-contrast')]);
});

test('the sign-in page can be used by keyboard alone, in the order of reading', async ({ page }) => {
	await page.goto('/sign-in');
	// Before the app has woken, nothing can be sent.
	await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
	const order = [
		page.getByLabel('Email'),
		page.getByLabel('Password'),
		page.getByRole('button', { name: 'Show what is typed' }),
		page.getByRole('button', { name: 'Sign in' }),
		page.getByRole('link', { name: 'Forgot your password?' }),
		page.getByRole('link', { name: 'Create account' })
	];
	for (const stop of order) {
		await page.keyboard.press('Tab');
		await expect(stop).toBeFocused();
	}
});

test.describe('before the app has woken', () => {
	test.use({ javaScriptEnabled: false });

	test('nothing that was typed can be sent, and none of it reaches the address', async ({ page }) => {
		await page.goto('/sign-in');
		const requests: string[] = [];
		// A browser may ask for the page's icon whenever it likes.
		page.on('request', (request) => request.url().endsWith('/icon.svg') || requests.push(request.url()));
		await page.getByLabel('Email').fill('ana@example.org');
		await page.getByLabel('Password').fill('quiet river lantern');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
		await expect(page).toHaveURL('/sign-in');
		expect(requests).toEqual([]);
	});

	test('no press of a button is lost in silence: until then all of them wait', async ({ page }) => {
		for (const path of ['/sign-in', '/create-account', '/reset', '/unlock', '/unlock/reset']) {
			await page.goto(path);
			await expect(page.getByRole('button', { name: 'English' })).toBeVisible();
			for (const button of await page.getByRole('button').all()) await expect(button).toBeDisabled();
		}
	});
});

test('what can be touched at the door is 44 px high', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	for (const path of pages) {
		await page.goto(path);
		await expectTouchable(page, 'a, button, input', 'height');
	}
});

test('a password is masked, a password manager finds the fields by their purpose, and pasting works', async ({
	page
}) => {
	await page.goto('/sign-in');
	await expect(page.getByLabel('Email')).toHaveAttribute('autocomplete', 'username');
	await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'current-password');
	await expect(page.getByLabel('Password')).toHaveAttribute('type', 'password');
	await page.goto('/create-account');
	await expect(page.getByLabel('Password')).toHaveAttribute('autocomplete', 'new-password');
	await page.getByLabel('Password').focus();
	await page.keyboard.insertText('pasted from elsewhere');
	await expect(page.getByLabel('Password')).toHaveValue('pasted from elsewhere');
});

test.describe('a Spanish browser', () => {
	test.use({ locale: 'es-MX' });

	test('reads Spanish from the first look, without a flash of English', async ({ page }) => {
		await page.addInitScript(() => {
			addEventListener('DOMContentLoaded', () => {
				const look = () => {
					const seen = document.body.innerText;
					if (getComputedStyle(document.body).visibility === 'visible' && seen.includes('Sign in')) {
						document.documentElement.dataset.flash = seen;
					}
					requestAnimationFrame(look);
				};
				look();
			});
		});
		await page.goto('/sign-in');
		await expect(page.getByRole('heading', { name: 'Iniciar sesión' })).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('lang', 'es');
		await expect(page.locator('html')).not.toHaveAttribute('data-translating');
		await expect(page.locator('html')).not.toHaveAttribute('data-flash');
		await expect(page).toHaveTitle('Iniciar sesión · Arca');
	});

	test('may be told to read English, and keeps to it', async ({ page }) => {
		await page.goto('/sign-in');
		await page.getByLabel('Correo electrónico').fill('ana@example.org');
		await page.getByRole('button', { name: 'English' }).click();
		await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
		await expect(page.getByLabel('Email'), 'what was typed stays').toHaveValue('ana@example.org');
		await page.reload();
		await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['arca-language']);
	});
});

test('a page that is not there says so in plain words and leads back', async ({ page }) => {
	const answer = await page.goto('/nowhere/at/all');
	expect(answer?.status()).toBe(404);
	await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
	await expectNoFindings(page);
	await page.getByRole('link', { name: 'To the start' }).click();
	await expect(page).toHaveURL('/sign-in');
});

test('text cannot become script: HTML, script and foreign worker addresses in plain strings are refused', async ({
	page,
	violations
}) => {
	await page.goto('/sign-in');
	await expect(page.getByLabel('Email')).toBeVisible();
	const refused = await page.evaluate(() => {
		const tries = {
			html: () => (document.createElement('div').innerHTML = '<b>text</b>'),
			script: () => (document.createElement('script').text = 'alert(1)'),
			address: () => (document.createElement('script').src = '/locale.js'),
			worker: () => new Worker('/locale.js'),
			policy: () =>
				(globalThis as unknown as { trustedTypes: TrustedTypePolicyFactory }).trustedTypes.createPolicy('mine', {})
		};
		return Object.entries(tries).flatMap(([name, attempt]) => {
			try {
				attempt();
				return [];
			} catch (error) {
				return error instanceof TypeError ? [name] : [];
			}
		});
	});
	expect(refused).toEqual(['html', 'script', 'address', 'worker', 'policy']);
	expect(violations.length, 'the browser tells of each').toBeGreaterThan(0);
	violations.length = 0;
});

withFront(
	'a script that is planted in a page does not run, and the server is told of it',
	async ({ page, front, violations }) => {
		await page.goto('/sign-in');
		await expect(page.getByLabel('Email')).toBeEnabled();
		const plant = () => document.body.setAttribute('onclick', 'globalThis.ran = true');
		await expect(page.evaluate(plant)).rejects.toThrow('TrustedScript');
		await page.locator('body').click();
		expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
		await expect.poll(() => front.asked, 'the browser reports it').toContain('/api/reports');
		violations.length = 0;
	}
);

test('a form that is planted in a page is not sent, not even to this origin', async ({ page, violations }) => {
	await page.goto('/sign-in');
	await expect(page.getByLabel('Email')).toBeEnabled();
	const refused = await page.evaluate(
		() =>
			new Promise<string>((resolve) => {
				addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
				const form = document.createElement('form');
				form.action = '/entities';
				document.body.append(form);
				form.submit();
			})
	);
	expect(refused).toBe('form-action');
	expect(await page.evaluate(() => location.pathname)).toBe('/sign-in');
	await expect.poll(() => violations.length, 'the browser tells of it').toBeGreaterThan(0);
	violations.length = 0;
});
