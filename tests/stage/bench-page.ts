import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { build } from 'vite';

/** A page in a real browser that ran a module of ours, bundled as the app's build bundles it. */
export interface BenchPage {
	page: Page;
	/** The folder of the browser's profile: what it keeps on the disk. */
	profile: string;
	/** Ends the browser; the profile stays until `close`. */
	endBrowser(): Promise<void>;
	/** Ends and removes all of it. */
	close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds a module for the browser, serves it from a loopback address (a secure context, as WebCrypto asks) and opens it
 * in Chromium, with a disk profile of its own. What the module puts on `globalThis` is there for `page.evaluate`.
 * @param entry the module's path from the project's root
 */
export async function openBenchPage(entry: string): Promise<BenchPage> {
	const folder = await mkdtemp(join(tmpdir(), 'arca-bench-'));
	await build({
		root,
		configFile: false,
		logLevel: 'warn',
		build: {
			outDir: folder,
			emptyOutDir: true,
			target: 'esnext',
			lib: { entry: join(root, entry), formats: ['es'], fileName: () => 'page.js' }
		}
	});
	const script = await readFile(join(folder, 'page.js'));
	const server = createServer((request, answer) => {
		const wanted = request.url === '/page.js';
		answer.setHeader('content-type', wanted ? 'text/javascript' : 'text/html');
		answer.end(wanted ? script : '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>');
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const profile = join(folder, 'profile');
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
	});
	const page = await context.newPage();
	await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
	return {
		page,
		profile,
		endBrowser: () => context.close(),
		close: async () => {
			await context.close();
			await new Promise((closed) => server.close(closed));
			await rm(folder, { recursive: true, force: true });
		}
	};
}
