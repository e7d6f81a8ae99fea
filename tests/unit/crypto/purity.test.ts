import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { labels } from '../../../src/lib/crypto/labels.ts';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

/** The TypeScript and Svelte files under a folder with their text, generated code left out. */
function filesUnder(folder: string): { path: string; text: string }[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.(?:ts|svelte)$/.test(path) && !path.includes('paraglide'))
		.map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') }));
}

test('each label stands once in the whole source, so that no key has two purposes', () => {
	const places = filesUnder(source).flatMap(({ path, text }) =>
		[...text.matchAll(/(['`])(arca\/1[^'`]*)\1/g)].map(([, , label]) => ({ label, path }))
	);
	const found = places.map(({ label }) => label);
	expect(found.filter((label, at) => found.indexOf(label) !== at)).toEqual([]);
	expect(new Set(Object.values(labels)).size).toBe(Object.values(labels).length);
	for (const label of Object.values(labels))
		expect(places.filter((place) => place.label === label)).toEqual([{ label, path: 'lib/crypto/labels.ts' }]);
});

test('each label is used by one file only: what wraps keys seals no data', () => {
	const users = new Map<string, Set<string>>();
	for (const { path, text } of filesUnder(source))
		for (const [, name] of text.matchAll(/\blabels\.(?!ts\b)([a-zA-Z]+)/g))
			users.set(name ?? '', (users.get(name ?? '') ?? new Set()).add(path));
	expect([...users].filter(([, files]) => files.size > 1)).toEqual([]);
	expect(users.get('wrap')).toEqual(new Set(['lib/crypto/account-key.ts']));
});

describe('lib/crypto', () => {
	const files = filesUnder(`${source}/lib/crypto`);

	test.each(files)(
		'$path imports its neighbours, and of packages only kept cryptography and word lists',
		({ text }) => {
			const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, from]) => from);
			const known =
				/^(?:\.\/[a-z0-9-]+\.ts|\.\.\/access\/[a-z]+\.ts|hpke|@panva\/hpke-noble|@(?:noble|zxcvbn-ts)\/.+)$/;
			expect(imported.filter((from) => !known.test(from ?? ''))).toEqual([]);
		}
	);

	test.each(files)('$path uses nothing that only one runtime has, no clock and no network', ({ text }) => {
		const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
		expect(
			code.match(/\b(?:Buffer|process|require|window|document|fetch|Date|Math\.random|localStorage|console)\b/g)
		).toBe(null);
	});
});
