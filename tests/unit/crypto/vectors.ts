import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../vectors/', import.meta.url);

/** One vector: its name, the operation, inputs, and what must come out. */
export interface Vector {
	name: string;
	do: string;
	expect: unknown;
	[input: string]: unknown;
}

/** The vector files' names without `.json`. */
export const vectorFiles = readdirSync(folder)
	.filter((name) => name !== 'README.md')
	.map((name) => name.replace(/\.json$/, ''));

/** All vectors of a file. */
export function vectorsOf(file: string): Vector[] {
	const { vectors } = JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as { vectors: Vector[] };
	return vectors;
}

/** The vector of that name. */
export function vectorNamed(file: string, name: string): Vector {
	const found = vectorsOf(file).find((vector) => vector.name === name);
	if (!found) throw new Error(`no vector "${name}" in ${file}.json`);
	return found;
}

/** An input that is text. */
export function text(vector: Vector, input: string): string {
	const value = vector[input];
	if (typeof value !== 'string') throw new Error(`"${vector.name}" has no text ${input}`);
	return value;
}

/** An input that is a number. */
export function number(vector: Vector, input: string): number {
	const value = vector[input];
	if (typeof value !== 'number') throw new Error(`"${vector.name}" has no number ${input}`);
	return value;
}

/** An input that is bytes in hexadecimal; read by Node, not by the code under test. */
export function bytes(vector: Vector, input: string): Buffer {
	return Buffer.from(text(vector, input), 'hex');
}
