import { readdir, readFile } from 'node:fs/promises';

/** A database with Arca's migrations in it, whichever backend it runs on. */
export interface Database {
	name: string;
	/** Runs statements one after another; gives the rows of each. */
	run(statements: string): Promise<Record<string, unknown>[][]>;
	close(): Promise<void>;
}

const root = new URL('../../supabase/', import.meta.url);

/** The migrations in their order. */
export async function migrations(): Promise<{ name: string; text: string }[]> {
	const names = (await readdir(new URL('migrations/', root))).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(
		names.map(async (name) => ({ name, text: await readFile(new URL(`migrations/${name}`, root), 'utf8') }))
	);
}

/** The names of the plays. */
export async function plays(): Promise<string[]> {
	return (await readdir(new URL('tests/', root))).filter((name) => name.endsWith('.sql')).sort();
}

/** The text of a play with the files it includes (`\ir name`, which psql does by itself) put in their places. */
export async function readPlay(name: string): Promise<string> {
	const text = await readFile(new URL(`tests/${name}`, root), 'utf8');
	const parts = await Promise.all(
		text.split('\n').map(async (line) => {
			const included = /^\\ir (\S+)$/.exec(line)?.[1];
			return included ? await readPlay(included) : line;
		})
	);
	return parts.join('\n');
}
