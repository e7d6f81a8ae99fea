import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, say } from './run.mjs';

const sources = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];
const generated = new Set(['src/lib/paraglide']);
const marker = join(root, 'build', '.arca-built');

/** Hashes a file, or a folder's files in a fixed order, into `hash`. */
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

/** Builds the app, unless the build of exactly these sources is there already. */
export async function ensureBuild() {
	const hash = createHash('sha256');
	for (const path of sources) addTo(hash, path);
	const wanted = hash.digest('hex');
	if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
	say('building the app (about half a minute)');
	await must('vite', ['build'], 'The app could not be built; see above.');
	writeFileSync(marker, wanted);
}
