import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Which parts of src/lib a part may import, itself aside. What is not named here may not exist. */
const base = ['crypto', 'kinds', 'access', 'api', 'files'];
const edges = ['sync', 'keys', 'device', 'export', 'import'];
const spoken = ['i18n', 'paraglide'];
const arrows: Record<string, string[]> = {
	crypto: ['access'],
	kinds: [],
	access: [],
	api: ['crypto'],
	files: ['crypto'],
	ui: spoken,
	i18n: ['paraglide'],
	sync: ['keys', 'device', ...base],
	keys: base,
	device: base,
	export: base,
	import: base,
	vault: [...edges, ...base, ...spoken],
	forms: ['vault', 'ui', ...edges, ...base, ...spoken],
	server: base,
	routes: ['forms', 'vault', 'ui', ...edges, ...base, ...spoken]
};

/** The part a source file belongs to: a folder of src/lib, or the routes. Server-side files of the routes count as server. */
function partOf(file: string): string {
	const path = relative(join(root, 'src'), file);
	if (/(^|\/)(\+server|\+[a-z]+\.server|hooks\.server)\.ts$/.test(path)) return 'server';
	const inLib = /^lib\/([^/]+)/.exec(path);
	return inLib?.[1] ?? 'routes';
}

/** Every import of ours that a source text makes, as absolute paths; static, dynamic, types and workers alike. */
function importsOf(file: string, text: string): string[] {
	const scripts = file.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '')
		: [text];
	const named = scripts.flatMap((script) =>
		ts.preProcessFile(script, true, true).importedFiles.map((found) => found.fileName)
	);
	const urls = [...text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g)].map(
		(match) => match[1] ?? ''
	);
	return [...named, ...urls].flatMap((name) => {
		const path = name.replace(/\?.*$/, '');
		if (path === '$messages') return [join(root, 'src/lib/paraglide/messages.js')];
		if (path.startsWith('$lib')) return [join(root, 'src/lib', path.slice('$lib'.length))];
		return path.startsWith('.') ? [resolve(dirname(file), path)] : [];
	});
}

/** Every arrow that points where it must not, as a sentence. */
function wrongArrows(file: string, text: string): string[] {
	const from = partOf(file);
	return importsOf(file, text).flatMap((target) => {
		const to = partOf(target);
		if (to === from || arrows[from]?.includes(to)) return [];
		if (!target.startsWith(join(root, 'src'))) return [];
		return [`${relative(root, file)} (${from}) imports ${relative(root, target)} (${to})`];
	});
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((path) => /\.(ts|svelte|js)$/.test(path) && !path.startsWith('lib/paraglide'))
	.map((path) => join(root, 'src', path));

describe('imports point down only', () => {
	test('no file of the project points the wrong way', () => {
		expect(sources.length).toBeGreaterThan(20);
		expect(sources.flatMap((file) => wrongArrows(file, readFileSync(file, 'utf8')))).toEqual([]);
	});

	test('every folder of src/lib has its arrows written down', () => {
		const folders = readdirSync(join(root, 'src/lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
		expect(folders.map((folder) => folder.name).filter((name) => !(name in arrows) && name !== 'paraglide')).toEqual(
			[]
		);
	});

	test('a planted arrow is found, in every way of writing it', () => {
		const planted: [string, string][] = [
			['src/lib/crypto/x.ts', `import { a } from '../kinds/index.ts';`],
			['src/lib/kinds/x.ts', `export { a } from '$lib/access/roles.ts';`],
			['src/lib/ui/X.svelte', `<script lang="ts">import type { A } from '$lib/vault/vault.svelte.ts';</script>`],
			['src/lib/vault/x.ts', `const a = await import('../server/system-layer/index.ts');`],
			['src/routes/+page.svelte', `<script>import { a } from '$lib/server/backend/index.ts';</script>`],
			['src/lib/vault/y.ts', `new Worker(new URL('../server/x.worker.ts', import.meta.url))`]
		];
		for (const [file, text] of planted) expect(wrongArrows(join(root, file), text), file).toHaveLength(1);
		expect(
			wrongArrows(join(root, 'src/routes/api/health/+server.ts'), `import { a } from '$lib/server/a.ts';`)
		).toEqual([]);
	});

	test('the pure core uses neither Node nor a framework', () => {
		const pure = sources.filter((file) => base.includes(partOf(file)));
		const impure = pure.filter((file) => /from '(node:|svelte|@sveltejs|\$app|\$env)/.test(readFileSync(file, 'utf8')));
		expect(impure.map((file) => relative(root, file))).toEqual([]);
	});
});
