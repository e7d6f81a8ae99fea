import { basename, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Page } from 'puppeteer-core';
import type { FilesApp } from './files-app.ts';
import { residentSize } from './resident-size.ts';

/**
 * The same app in a browser whose network nobody watches: developer tools that do keep two hundred megabytes of answers in
 * the page's process, and Playwright's always do.
 */
export interface UnwatchedApp {
	/** The page's process. */
	renderer: number;
	/** Has the page and its workers let go of what they no longer use. */
	collectGarbage(): Promise<void>;
	/** Adds a file that lies on the disk, and waits until it is on the server. */
	upload: (path: string) => Promise<void>;
	/** Saves a file to the disk; gives where it lies. */
	save: (name: string) => Promise<string>;
	close(): Promise<void>;
}

/** Milliseconds that a large file may take. */
const PATIENCE = { timeout: 1_800_000 };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const named = (role: string, name: string): string => `::-p-aria([name="${name}"][role="${role}"])`;

/** Opens the profile that another browser has left, on the form of a health document. */
export async function openUnwatched({ server, entity, phrase, profile, folder }: FilesApp): Promise<UnwatchedApp> {
	const browser = await puppeteer.launch({
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: [...FLAGS, '--lang=en-GB'],
		userDataDir: profile,
		networkEnabled: false,
		protocolTimeout: PATIENCE.timeout,
		defaultViewport: { width: 1280, height: 900 }
	});
	const whole = await browser.target().createCDPSession();
	const downloads = join(folder, 'downloads');
	await whole.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads, eventsEnabled: true });
	const page = await browser.newPage();
	await page.goto(`${server.url}/${entity}/health/health-document/new`, { waitUntil: 'domcontentloaded' });
	await page.locator('::-p-aria(Encryption password)').fill(phrase);
	await page.locator(named('button', 'Unlock')).click();
	const input = await page.waitForSelector('input[type=file][multiple]', { visible: false });
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
	const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
	const sizes = await Promise.all(renderers.map(residentSize));
	return {
		renderer: renderers[sizes.indexOf(Math.max(...sizes))] ?? 0,
		async collectGarbage() {
			const sessions = [await page.createCDPSession(), ...page.workers().map(({ client }) => client)];
			for (const session of sessions) await session.send('HeapProfiler.collectGarbage');
		},
		async upload(path) {
			await input?.uploadFile(path);
			await opened(page, basename(path));
		},
		async save(name) {
			const saved = new Promise<void>((resolve, reject) =>
				whole.on('Browser.downloadProgress', ({ state }) => {
					if (state === 'completed') resolve();
					if (state === 'canceled') reject(new Error('the download was broken off'));
				})
			);
			await (await page.waitForSelector(named('button', `More for ${name}`)))?.press('Enter');
			await (await page.waitForSelector(named('menuitem', 'Download')))?.press('Enter');
			await saved;
			return join(downloads, name);
		},
		close: () => browser.close()
	};
}

/** Waits until the row of a file says that it can be opened. */
async function opened(page: Page, name: string): Promise<void> {
	const isHere = (wanted: string) =>
		[...document.querySelectorAll('button')].some((button) => button.ariaLabel?.startsWith(`Open ${wanted}`));
	await page.waitForFunction(isHere, { ...PATIENCE, polling: 100 }, name);
}
