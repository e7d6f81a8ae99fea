import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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

const PAGE = '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const typeOf = (file: string): string => (file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');

/**
 * Builds a module for the browser, serves it from a loopback address (a secure context, as WebCrypto asks) and opens it
 * in Chromium, with a disk profile of its own. What the module puts on `globalThis` is there for `page.evaluate`.
 * @param entry the module's path from the project's root
 * @param flags further ones of the browser
 */
export async function openBenchPage(entry: string, flags: readonly string[] = []): Promise<BenchPage> {
	const folder = await mkdtemp(join(tmpdir(), 'arca-bench-'));
	await build({
		root,
		configFile: false,
		logLevel: 'warn',
		worker: { format: 'es' },
		build: {
			outDir: folder,
			emptyOutDir: true,
			target: 'esnext',
			rolldownOptions: { input: join(root, entry), output: { entryFileNames: 'page.js' } }
		}
	});
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const server = createServer((request, answer) => {
		const wanted = files.find((file) => `/${file}` === request.url && /\.(?:js|wasm)$/.test(file));
		answer.setHeader('content-type', wanted ? typeOf(wanted) : 'text/html');
		// A service worker among them is for the whole page.
		answer.setHeader('service-worker-allowed', '/');
		answer.end(wanted ? readFileSync(join(folder, wanted)) : PAGE);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const profile = join(folder, 'profile');
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: [...FLAGS, ...flags]
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
