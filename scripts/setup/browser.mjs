import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, has, run, say } from './run.mjs';
import { installDebian } from './debian.mjs';

const debian = '/usr/bin/chromium';

/** The path of a Chromium to test with: ARCA_CHROMIUM, Debian's, or the one that Playwright brings. Installs one where there is none. */
export async function ensureBrowser() {
	if (process.env.ARCA_CHROMIUM) return process.env.ARCA_CHROMIUM;
	if (existsSync(debian)) return debian;
	if (await installDebian(['chromium'], 'Chromium')) return debian;
	if (has('google-chrome')) return 'google-chrome';
	say('downloading a Chromium for the tests');
	await run('playwright', ['install', 'chromium'], { quiet: true });
	const { chromium } = await import('@playwright/test');
	const path = chromium.executablePath();
	if (!existsSync(path)) fail('No Chromium could be had. Install one and name it in ARCA_CHROMIUM.');
	return join(path);
}
