import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const areas = readdirSync(join(root, 'messages/en'));
type Messages = Record<string, unknown>;
const read = (locale: string, area: string): Messages =>
	JSON.parse(readFileSync(join(root, 'messages', locale, area), 'utf8')) as Messages;

/** The whole of the app's own source, without what is generated from the messages themselves. */
const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((path) => /\.(ts|svelte)$/.test(path) && !path.startsWith(join('lib', 'paraglide')))
	.map((path) => readFileSync(join(root, 'src', path), 'utf8'))
	.join('\n');
const used = new Set([...source.matchAll(/\bm\.([a-z0-9_]+)/g)].map(([, key]) => key));

/** The texts of a message: one, or one for each case. */
function textsOf(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	return (message as { match: Record<string, string> }[]).flatMap(({ match }) => Object.values(match));
}

function parametersOf(message: unknown): string[] {
	const named = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
	const declared = typeof message === 'string' ? [] : (message as { declarations: string[] }[])[0]?.declarations;
	const inputs = (declared ?? []).filter((each) => each.startsWith('input ')).map((each) => each.slice(6));
	return [...new Set([...named, ...inputs])].sort();
}

test.each(areas)('every message of %s is in both languages, with the same parameters', (area) => {
	const en = read('en', area);
	const es = read('es', area);
	expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
	for (const key of Object.keys(en)) expect([key, parametersOf(es[key])]).toEqual([key, parametersOf(en[key])]);
});

test.each(areas)('every message of %s is said somewhere', (area) => {
	expect(Object.keys(read('en', area)).filter((key) => !used.has(key))).toEqual([]);
});

test('nothing is said that has no words', () => {
	const known = new Set(areas.flatMap((area) => Object.keys(read('en', area))));
	expect([...used].filter((key) => !known.has(key ?? ''))).toEqual([]);
});
