import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/asvs.md'), 'utf8');

/** The requirements of levels 1 and 2 in OWASP ASVS 5.0.0 (5.0/en of its repository), by chapter and section: their numbers. */
const asked: Record<string, number[]> = {
	'3.2': [1, 2],
	'3.3': [1, 2, 3, 4],
	'3.4': [1, 2, 3, 4, 5, 6],
	'3.5': [1, 2, 3, 4, 5],
	'3.7': [1, 2],
	'6.1': [1, 2, 3],
	'6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
	'6.3': [1, 2, 3, 4],
	'6.4': [1, 2, 3, 4],
	'6.5': [1, 2, 3, 4, 5],
	'6.6': [1, 2, 3],
	'6.8': [1, 2, 3, 4],
	'7.1': [1, 2, 3],
	'7.2': [1, 2, 3, 4],
	'7.3': [1, 2],
	'7.4': [1, 2, 3, 4, 5],
	'7.5': [1, 2],
	'7.6': [1, 2],
	'8.1': [1, 2],
	'8.2': [1, 2, 3],
	'8.3': [1],
	'8.4': [1],
	'9.1': [1, 2, 3],
	'9.2': [1, 2, 3, 4],
	'12.1': [1, 2, 3],
	'12.2': [1, 2],
	'12.3': [1, 2, 3, 4]
};
const ids = Object.entries(asked).flatMap(([section, numbers]) => numbers.map((number) => `${section}.${number}`));

interface Row {
	id: string;
	state: string;
	/** The files it names. */
	files: string[];
	text: string;
}

function rowsOf(text: string): Row[] {
	return [...text.matchAll(/^\| ([\d.]+) +\| (.+?) +\| (.+?) +\|$/gm)].map(([, id = '', , said = '']) => ({
		id,
		state: /^\*\*([\w ]+)\*\*/.exec(said)?.[1] ?? '',
		files: [...said.matchAll(/`([^` ]+\.[a-z]+)`/g)].map(([, path = '']) => path).filter((path) => path.includes('/')),
		text: said
	}));
}

/** What is wrong with the table, a sentence each. */
function faults(rows: Row[]): string[] {
	const found = rows.flatMap(({ id, state, files, text }) => {
		const missing = files.filter((path) => !existsSync(join(root, path))).map((path) => `${id} names ${path}`);
		const tests = files.filter((path) => /^(?:supabase\/)?tests\/.+\.(?:test\.ts|spec\.ts|sql)$/.test(path));
		if (state === 'Held' && tests.length === 0) missing.push(`${id} names no test`);
		if (state === 'Decided' && files.length === 0) missing.push(`${id} names no decision`);
		if (state === 'Not met' && !/: .+/.test(text)) missing.push(`${id} says nothing of what is missing`);
		if (state === 'Not applicable' && !/: .+/.test(text)) missing.push(`${id} says nothing of why`);
		if (!['Held', 'Decided', 'Not met', 'Not applicable'].includes(state)) missing.push(`${id} has no state`);
		return missing;
	});
	const named = rows.map(({ id }) => id);
	const apart = rows.filter(({ state }) => state === 'Not applicable').length;
	return [
		...found,
		...ids.filter((id) => !named.includes(id)).map((id) => `${id} is not there`),
		...named.filter((id, at) => !ids.includes(id) || named.indexOf(id) !== at).map((id) => `${id} is one too many`),
		...(apart > rows.length / 10 ? [`${apart} of ${rows.length} are not applicable`] : [])
	];
}

describe('the table of ASVS', () => {
	test('has each requirement once, with tests and files that are there, and few that do not apply', () => {
		expect(ids).toHaveLength(95);
		expect(faults(rowsOf(page))).toEqual([]);
	});

	test('would be found to lack a row, to have one twice, to name a test that is gone, or to leave much out', () => {
		const rows = rowsOf(page);
		const [first, ...others] = rows;
		if (!first) throw new Error('no rows');
		expect(faults(others)).toEqual([`${first.id} is not there`]);
		expect(faults([...rows, first])).toEqual([`${first.id} is one too many`]);
		const gone = page.replaceAll('tests/server/headers.test.ts', 'tests/server/gone.test.ts');
		expect(faults(rowsOf(gone))).toContain('3.4.4 names tests/server/gone.test.ts');
		expect(faults(rowsOf(page.replaceAll('**Held**', '**Well**')))).toContain('3.4.4 has no state');
		const left = rows.map((row) => ({ ...row, state: 'Not applicable' }));
		expect(faults(left)).toEqual(['95 of 95 are not applicable']);
	});
});
