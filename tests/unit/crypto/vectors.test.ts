import { describe, expect, test } from 'vitest';
import { vectorFiles, vectorsOf } from './vectors.ts';
import { runners } from './vector-runners.ts';

const operationsOf = (file: string): string[] => [...new Set(vectorsOf(file).map((vector) => vector.do))].sort();

test('every vector file and every operation in it is run', () => {
	expect([...vectorFiles].sort()).toEqual(Object.keys(runners).sort());
	for (const file of vectorFiles) expect(Object.keys(runners[file] ?? {}).sort(), file).toEqual(operationsOf(file));
});

test('a vector has a name that stands once in its file', () => {
	for (const file of vectorFiles) {
		const names = vectorsOf(file).map(({ name }) => name);
		expect(new Set(names).size, file).toBe(names.length);
	}
});

for (const [file, operations] of Object.entries(runners)) {
	describe(`the vectors of ${file}.json`, () => {
		const run = vectorsOf(file).filter((vector) => vector.do in operations);
		test.each(run.map((vector) => [vector.do, vector.name, vector] as const))(
			'%s: %s',
			async (operation, _, vector) => {
				expect.hasAssertions();
				await operations[operation]?.(vector);
			}
		);
	});
}
