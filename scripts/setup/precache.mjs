import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Where SvelteKit leaves what it built, before the adapter takes it. */
const output = join(root, '.svelte-kit', 'output');

/**
 * What the service worker keeps: everything the app needs to work without a network, and nothing else. Each entry
 * carries the hash of its bytes, and the browser refuses other bytes: a version is installed whole, or not at all.
 * @type {Partial<import('vite-plugin-pwa').VitePWAOptions['injectManifest']>}
 */
export const precache = {
	globDirectory: output,
	globPatterns: ['client/**/*.{js,css,wasm,woff2,svg,png,webmanifest}', 'prerendered/pages/**/*.html'],
	// The worker itself, what only a shop window shows, and what only the installing system reads.
	globIgnores: ['server/**', 'client/service-worker.js', 'client/screenshots/**', 'client/icon-maskable-*'],
	maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
	manifestTransforms: [
		(entries) => ({ manifest: entries.flatMap((entry) => (isLeftOut(entry) ? [] : toEntry(entry))), warnings: [] })
	]
};

/** Nothing else of ours is so large. */
const LARGE = 410 * 1024;

/**
 * What reads PDFs: its pages, its worker, and the pictures of scans. Few need it at once: it is listed as `late`, and kept
 * from when it is used first.
 * @param {string} file
 */
function readsPdfs(file) {
	if (/pdf\.worker|jbig2|openjpeg/.test(file)) return true;
	return file.endsWith('.js') && readFileSync(join(output, file), 'utf8').includes('PDFDataRangeTransport');
}

/**
 * What makes workbooks: data is exported without a network too, also for the first time.
 * @param {string} url
 */
const makesWorkbooks = (url) => url.includes('export.worker');

/**
 * What a new password is held against, words of two languages and of keyboards: two and a half megabytes for screens that
 * ask the server anyway, and of which one part is worth nothing without the others.
 * @param {{ url: string, size: number }} entry
 */
function isLeftOut({ url, size }) {
	return size > LARGE && !makesWorkbooks(url) && !readsPdfs(url);
}

/**
 * An entry as the browser asks for it: by its address, with the hash of its bytes.
 * @param {{ url: string, size: number }} entry
 */
function toEntry({ url: file, size }) {
	const hash = createHash('sha256').update(readFileSync(join(output, file)));
	const digest = hash.digest('base64');
	const url = addressOf(file);
	const isNamedByContent = url.startsWith('/_app/immutable/');
	const revision = isNamedByContent ? null : digest.slice(0, 16);
	return { url, size, revision, integrity: `sha256-${digest}`, ...(readsPdfs(file) ? { late: true } : {}) };
}

/**
 * `client/a.js` is served at `/a.js`, `prerendered/pages/sign-in.html` at `/sign-in`, its index at `/`.
 * @param {string} file from the folder that SvelteKit leaves
 */
function addressOf(file) {
	if (file.startsWith('client/')) return file.slice('client'.length);
	return file.slice('prerendered/pages'.length).replace(/(\/index)?\.html$/, '') || '/';
}
