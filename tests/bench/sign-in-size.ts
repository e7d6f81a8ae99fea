import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What the sign-in page may load at first: 120 kB of JavaScript, gzip. */
const ALLOWED = 120 * 1024;

const root = fileURLToPath(new URL('../..', import.meta.url));
const client = join(root, 'build/client');

interface Chunk {
	file: string;
	imports?: string[];
}

/** The scripts that the prerendered page names: in its head to be loaded ahead, and in the lines that start the app. */
function namedByPage(): string[] {
	const page = readFileSync(join(root, 'build/prerendered/sign-in.html'), 'utf8');
	return [...page.matchAll(/["'(]\/([\w./-]+\.js)["')]/g)].map((found) => found[1] ?? '');
}

/** Those, and all they import at once; what is imported when it is used does not count. */
function loadedAtFirst(): Set<string> {
	const manifest = JSON.parse(
		readFileSync(join(root, '.svelte-kit/output/client/.vite/manifest.json'), 'utf8')
	) as Record<string, Chunk>;
	const importsOf = new Map(Object.values(manifest).map(({ file, imports = [] }) => [file, imports]));
	const loaded = new Set<string>();
	const waiting = namedByPage();
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (loaded.has(file)) continue;
		loaded.add(file);
		for (const key of importsOf.get(file) ?? []) waiting.push(manifest[key]?.file ?? '');
	}
	return loaded;
}

const files = [...loadedAtFirst()];
const ours = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file))).length, 0);
console.log(JSON.stringify({ bench: 'sign-in-js', ours, peer: ALLOWED, ratio: ours / ALLOWED, target: 1 }));
