import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import type { Search } from './find-secrets.ts';

/** A browser with a profile on the disk, of which everything is noted that it shows to others than the person. */
export interface WatchedBrowser {
	context: BrowserContext;
	profile: string;
	page: Page;
	/** Every address that a page had and asked for, what stood in the history with it, and every line of the console. */
	seen: string[];
	/** Local and session storage, the names and contents of every cache, as the page has them. */
	storage(): Promise<string>;
	/** Ends the browser; the profile stays until `close`. */
	end(): Promise<void>;
	/** Files of the profile in which something is found, with what it is. */
	searchFiles(search: Search): string[];
	close(): Promise<void>;
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Opens one, as a new device. Service workers are allowed: what they keep is part of what is searched. */
export async function watchedBrowser(url: string, flags: readonly string[] = []): Promise<WatchedBrowser> {
	const profile = await mkdtemp(join(tmpdir(), 'arca-profile-'));
	const context = await chromium.launchPersistentContext(profile, {
		...{ baseURL: url, locale: 'en-GB', timezoneId: 'Europe/Madrid', serviceWorkers: 'allow' },
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: [...FLAGS, ...flags]
	});
	context.setDefaultTimeout(20_000);
	const seen: string[] = [];
	context.on('console', (message) => seen.push(message.text()));
	context.on('weberror', (error) => seen.push(String(error.error().stack)));
	context.on('request', (request) => seen.push(request.url()));
	const page = context.pages()[0] ?? (await context.newPage());
	page.on('framenavigated', (frame) => {
		seen.push(frame.url());
		void frame
			.evaluate(() => JSON.stringify([history.state, document.title]))
			.then(
				(state) => seen.push(state),
				() => undefined
			);
	});
	return {
		context,
		profile,
		page,
		seen,
		storage: () => page.evaluate(readStorage),
		end: () => context.close(),
		searchFiles: (search) => filesOf(profile).flatMap((path) => found(profile, path, search)),
		async close() {
			await context.close();
			await rm(profile, { recursive: true, force: true });
		}
	};
}

function filesOf(folder: string): string[] {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return paths.filter((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile());
}

function found(folder: string, path: string, search: Search): string[] {
	const finds = [...search(path), ...search(readFileSync(join(folder, path)))];
	return finds.map((what) => `${path}: ${what}`);
}

async function readStorage(): Promise<string> {
	const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
	for (const name of await caches.keys()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) kept.push(name, request.url, await (await cache.match(request))?.text());
	}
	return JSON.stringify(kept);
}
