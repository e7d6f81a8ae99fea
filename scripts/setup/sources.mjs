import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** All that a build is made of. */
const sources = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'scripts/setup/chunks.mjs',
	'scripts/setup/languages.mjs',
	'scripts/setup/precache.mjs'
];
const generated = new Set(['src/lib/paraglide']);

/**
 * Hashes a file, or a folder's files in a fixed order, into `hash`.
 * @param {import('node:crypto').Hash} hash
 * @param {string} path from the project's folder
 */
function addTo(hash, path) {
	if (generated.has(path) || !existsSync(join(root, path))) return;
	if (statSync(join(root, path)).isDirectory()) {
		for (const name of readdirSync(join(root, path)).sort()) addTo(hash, `${path}/${name}`);
		return;
	}
	hash
		.update(`${path}\0`)
		.update(readFileSync(join(root, path)))
		.update('\0');
}

/**
 * What the sources are, in one value: equal sources give equal builds, whenever and wherever they are built.
 * @returns {string} SHA-256, 64 hexadecimal digits
 */
export function hashSources() {
	const hash = createHash('sha256');
	for (const path of sources) addTo(hash, path);
	return hash.digest('hex');
}
