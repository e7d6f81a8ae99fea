import { createHash, createCipheriv } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { atSecurity } from '../e2e/at-home.ts';
import { unlock } from '../e2e/encryption-steps.ts';
import type { Newcomer } from './newcomer.ts';
import { startServer } from './server.ts';
import type { TestServer } from './server.ts';
import { raisedLimits } from './shared-server.ts';

/** The built app in a browser, on the form of a health document, with user encryption: files added there are sealed twice. */
export interface FilesApp {
	page: Page;
	server: TestServer;
	entity: string;
	person: Newcomer;
	/** Where files may be laid that the browser is to read. */
	folder: string;
	/** The encryption password. */
	phrase: string;
	/** Where the browser keeps what it keeps. */
	profile: string;
	/**
	 * Adds a file that lies on the disk, and waits until it is on the server.
	 * @returns milliseconds from the choice of the file, counted in the page: whoever asks the page from outside asks every
	 * half second
	 */
	upload: (path: string) => Promise<number>;
	/** Ends the browser; server and profile stay. */
	leave: () => Promise<void>;
	/** Ends and removes all of it. */
	close(): Promise<void>;
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Starts it; the app is installed, as it is where files pass through the service worker. */
export async function openFilesApp(): Promise<FilesApp> {
	const folder = await mkdtemp(join(tmpdir(), 'arca-files-'));
	const server = await startServer({ env: { ...raisedLimits, ARCA_LIMIT_PARTS: '100000' } });
	const profile = join(folder, 'profile');
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: FLAGS,
		baseURL: server.url,
		locale: 'en-GB',
		viewport: { width: 1280, height: 900 },
		acceptDownloads: true
	});
	const page = await context.newPage();
	const { entity, phrase, person } = await atSecurity(page, server.url);
	await page.goto(`/${entity}/health/health-document/new`);
	await unlock(page, phrase);
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
	return {
		...{ page, server, entity, person, phrase, folder, profile },
		leave: () => context.close(),
		async upload(path) {
			const took = page.evaluate(untilOpen, path.slice(path.lastIndexOf('/') + 1));
			await page.locator('input[type=file][multiple]').setInputFiles(path);
			return took;
		},
		async close() {
			await context.close();
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** In the page: milliseconds from the next choice of a file until the one of that name can be opened. */
function untilOpen(name: string): Promise<number> {
	return new Promise((resolve) => {
		let chosen = 0;
		document.addEventListener('change', () => (chosen = performance.now()), { capture: true, once: true });
		const observer = new MutationObserver(() => {
			if (!document.querySelector(`button[aria-label^=${CSS.escape(`Open ${name},`)}]`)) return;
			observer.disconnect();
			resolve(performance.now() - chosen);
		});
		observer.observe(document.body, { subtree: true, childList: true, attributes: true });
	});
}

/** Writes so many pseudo-random bytes that follow from a seed: the key stream of AES-256 in counter mode. */
export async function writeRandomFile(path: string, size: number, seed: string): Promise<void> {
	const zeros = Buffer.alloc(1024 * 1024);
	const pieces = function* () {
		for (let left = size; left > 0; left -= zeros.length) yield zeros.subarray(0, Math.min(left, zeros.length));
	};
	const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
	await pipeline(Readable.from(pieces()), cipher, createWriteStream(path));
}

/** SHA-256 of a file, hexadecimal. */
export async function hashOfFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(path), hash);
	return hash.digest('hex');
}
