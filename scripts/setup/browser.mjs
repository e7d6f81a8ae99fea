import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, has, run, say } from './run.mjs';
import { installDebian } from './debian.mjs';

const debian = '/usr/bin/chromium';
const debianShell = '/usr/bin/chromium-headless-shell';

/** What Debian calls the browsers that are missing here. */
export function missingBrowsers() {
	if (process.env.ARCA_CHROMIUM) return [];
	const wanted = { chromium: debian, 'chromium-headless-shell': debianShell };
	return Object.keys(wanted).filter((name) => !existsSync(wanted[name]));
}

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

/**
 * The path of the same engine without a desktop's parts around it, which takes a fifth less of the processor.
 * @param {string} chromium the whole browser, given back where the shell cannot be had
 */
export async function ensureHeadlessShell(chromium) {
	if (chromium !== debian) return chromium;
	if (existsSync(debianShell)) return debianShell;
	return (await installDebian(['chromium-headless-shell'], 'the headless Chromium')) ? debianShell : chromium;
}
