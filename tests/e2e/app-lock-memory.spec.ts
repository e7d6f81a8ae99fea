import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { LOOK_INTO, lookInto } from '../secrets/browser-memory.ts';
import { searchFor } from '../secrets/find-secrets.ts';
import { watchedBrowser } from '../secrets/watched-browser.ts';
import { atSecurity } from './at-home.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const MASK = 0xa5;

/** Notes what the authenticator gives the page: masked where the page has it, so that the note is not what is found. */
async function watchOutputs(page: Page): Promise<() => Uint8Array[]> {
	const seen: Uint8Array[] = [];
	await page.exposeBinding('noteOutput', (_, masked: number[]) => void seen.push(Uint8Array.from(masked, unmask)));
	await page.addInitScript((mask) => {
		type Ask = (options?: object) => Promise<Credential | null>;
		const all = CredentialsContainer.prototype as unknown as Record<'create' | 'get', Ask>;
		for (const name of ['create', 'get'] as const) {
			const ask = Reflect.get(all, name);
			all[name] = async function (this: unknown, options) {
				const credential = (await Reflect.apply(ask, this, [options])) as PublicKeyCredential;
				const first = credential.getClientExtensionResults().prf?.results?.first;
				const masked = first instanceof ArrayBuffer ? Array.from(new Uint8Array(first), (byte) => byte ^ mask) : [];
				await (globalThis as unknown as { noteOutput: (masked: number[]) => Promise<void> }).noteOutput(masked);
				return credential;
			};
		}
	}, MASK);
	return () => seen.filter(({ length }) => length > 0);
}
const unmask = (byte: number): number => byte ^ MASK;

test('what the authenticator gave is in no storage, on no disk and in no heap once the vault is locked', async ({}, info) => {
	test.setTimeout(240_000);
	const url = process.env.ARCA_E2E_URL ?? '';
	const browser = await watchedBrowser(url, LOOK_INTO);
	const { page } = browser;
	const memory = await lookInto(browser.profile);
	const outputs = await watchOutputs(page);
	try {
		await withAuthenticator(page);
		await atSecurity(page, url);
		const off = page.getByRole('button', { name: 'Turn off fingerprint or face' });
		await page.getByRole('button', { name: 'Turn on fingerprint or face' }).click();
		await expect(off).toBeVisible({ timeout: 30_000 });
		await page.getByRole('button', { name: 'Lock now' }).first().click();
		await page.getByRole('button', { name: 'Use fingerprint or face' }).click();
		await expect(off).toBeVisible({ timeout: 30_000 });
		await page.getByRole('button', { name: 'Lock now' }).first().click();
		await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();

		const given = outputs();
		expect(given.length).toBeGreaterThan(1);
		expect(new Set(given.map(String)).size, 'one salt, one output').toBe(1);
		const search = searchFor([{ name: 'the output', value: Buffer.from(given[0] ?? []) }], false);
		expect((await memory.heaps()).flatMap(({ strings }) => search(strings))).toEqual([]);
		expect(search(await browser.storage())).toEqual([]);
		const processes = await memory.searchProcesses(search);
		if (!processes) info.annotations.push({ type: 'not searched', description: 'the memory of processes' });
		expect(processes ?? []).toEqual([]);
		expect(browser.searchFiles(search)).toEqual([]);
		// The search finds what is there.
		await page.evaluate((text) => sessionStorage.setItem('planted', text), Buffer.from(given[0] ?? []).toString('hex'));
		expect(search(await browser.storage())).not.toEqual([]);
	} finally {
		memory.close();
		await browser.close();
	}
});
