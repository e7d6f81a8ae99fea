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
	// And what reads the pictures of scanned PDFs.
	globIgnores: ['server/**', 'client/service-worker.js', 'client/screenshots/**', 'client/icon-maskable-*'].concat(
		'client/**/{jbig2,openjpeg}.*.wasm'
	),
	// Nothing of ours is so large: this leaves out the words of two languages that a new encryption password is held
	// against, two megabytes for a screen that asks the server anyway, and pdf.js, which few need at once.
	maximumFileSizeToCacheInBytes: 430 * 1024,
	manifestTransforms: [(entries) => ({ manifest: entries.map(toEntry), warnings: [] })]
};

/**
 * An entry as the browser asks for it: by its address, with the hash of its bytes.
 * @param {{ url: string, size: number }} entry
 */
function toEntry({ url: file, size }) {
	const hash = createHash('sha256').update(readFileSync(join(output, file)));
	const digest = hash.digest('base64');
	const url = addressOf(file);
	const isNamedByContent = url.startsWith('/_app/immutable/');
	return { url, size, revision: isNamedByContent ? null : digest.slice(0, 16), integrity: `sha256-${digest}` };
}

/**
 * `client/a.js` is served at `/a.js`, `prerendered/pages/sign-in.html` at `/sign-in`, its index at `/`.
 * @param {string} file from the folder that SvelteKit leaves
 */
function addressOf(file) {
	if (file.startsWith('client/')) return file.slice('client'.length);
	return file.slice('prerendered/pages'.length).replace(/(\/index)?\.html$/, '') || '/';
}
