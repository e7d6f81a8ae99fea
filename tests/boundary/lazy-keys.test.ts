import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = join(root, 'src');

/** What a page may load only when somebody uses user encryption: the keys' code but for their errors, and what it stands on. */
const late = /^(?:lib\/keys\/(?!keys-error\.ts)|argon2-browser|hpke|@panva\/hpke-noble|@noble\/|@zxcvbn-ts\/)/;

/** The modules that a text loads together with itself: not what it names in types, and not what it loads when it is used. */
function loadedWith(text: string): string[] {
	const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
	const file = ts.createSourceFile('x.ts', scripts.length > 0 ? scripts.join('\n') : text, ts.ScriptTarget.Latest);
	return file.statements.flatMap((statement) => {
		if (ts.isImportDeclaration(statement) && !isOfTypes(statement.importClause)) return [nameOf(statement)];
		if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier)
			return [nameOf(statement)];
		return [];
	});
}

function isOfTypes(clause: ts.ImportClause | undefined): boolean {
	return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function nameOf({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration): string {
	return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
}

/** Which module a name means: a path below src, or a package's name. What is asked for as an address is not loaded. */
function resolved(from: string, name: string): string | null {
	if (/\?(?:worker&)?url$/.test(name)) return null;
	if (name === '$messages') return null;
	if (name.startsWith('$lib/')) return join('lib', name.slice('$lib/'.length));
	return name.startsWith('.') ? relative(source, resolve(dirname(join(source, from)), name)) : name;
}

/** A file of the project is read once, whoever loads it. */
function namesIn(path: string, read: (path: string) => string): string[] {
	if (read !== onDisk) return loadedWith(read(path));
	let names = parsed.get(path);
	if (!names) parsed.set(path, (names = loadedWith(read(path))));
	return names;
}

/** Everything that is loaded with a file, each with the file that it came by. */
function closure(start: string, read: (path: string) => string): Map<string, string> {
	const found = new Map([[start, '']]);
	for (const path of found.keys()) {
		if (!/\.(?:ts|js|svelte)$/.test(path)) continue;
		for (const name of namesIn(path, read)) {
			const next = resolved(path, name);
			if (next !== null && !found.has(next)) found.set(next, path);
		}
	}
	return found;
}

const onDisk = (path: string): string =>
	existsSync(join(source, path)) ? readFileSync(join(source, path), 'utf8') : '';
const parsed = new Map<string, string[]>();
const tooEarly = (start: string, read = onDisk): string[] =>
	[...closure(start, read)].flatMap(([path, by]) => (late.test(path) ? [`${start}: ${by} loads ${path}`] : []));

describe('the keys are loaded when they are used, and not before', () => {
	test('no page loads the key worker, Argon2, HPKE or the lists of words with itself', () => {
		const pages = readdirSync(join(source, 'routes'), { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(?:svelte|ts)$/.test(path) && !/\+server\.ts$|\.server\.ts$/.test(path))
			.map((path) => join('routes', path));
		expect(pages.length).toBeGreaterThan(50);
		expect(['hooks.client.ts', ...pages].flatMap((page) => tooEarly(page))).toEqual([]);
	});

	test('a planted one is found through other modules; types, addresses and what is loaded later are not counted', () => {
		const files: Record<string, string> = {
			'routes/a.svelte': `<script lang="ts">import { b } from '$lib/vault/b.ts';</script>`,
			'lib/vault/b.ts': `export { c } from '../forms/c.ts';`,
			'lib/forms/c.ts': `import { KeyClient } from '../keys/key-client.ts';`,
			'routes/d.ts': `import type { K } from '$lib/keys/key-client.ts'; import u from './key.worker.ts?worker&url';
				export const k = () => import('$lib/keys/start-keys.ts');`
		};
		const read = (path: string): string => files[path] ?? '';
		expect(tooEarly('routes/a.svelte', read)).toEqual(['routes/a.svelte: lib/forms/c.ts loads lib/keys/key-client.ts']);
		expect(tooEarly('routes/d.ts', read)).toEqual([]);
	});
});
