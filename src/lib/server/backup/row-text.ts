import type { Ask } from '../backend/database.ts';
import { KEPT } from './tables.ts';

/** A column with its type as SQL names it. */
export interface Column {
	name: string;
	type: string;
}

/** A table that stands in the database, with its columns that go into an archive. */
export interface Table {
	name: string;
	columns: Column[];
	/** Which of its rows, where not all: a condition on `t`. */
	where?: string;
}

/** Makes the text of a value mean the same to whoever writes and whoever reads it. */
export async function fixTextForms(ask: Ask): Promise<void> {
	await ask(
		`select set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true),
			set_config('intervalstyle', 'postgres', true), set_config('search_path', '', true)`
	);
}

/** The tables of an archive that this database has, each behind those it refers to; without what is computed. */
export async function keptTables(ask: Ask): Promise<Table[]> {
	const tables: Table[] = [];
	for (const { name, columns: wanted, where } of KEPT) {
		const rows = await ask(
			`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
			where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
			order by a.attnum`,
			[name]
		);
		const columns = rows
			.map(({ name, type }) => ({ name: String(name), type: String(type) }))
			.filter((column) => !wanted || wanted.includes(column.name));
		if (columns.length > 0) tables.push({ name, columns, ...(where ? { where } : {}) });
	}
	return tables;
}

/** The versions of the migrations that the database has had. */
export async function migrationsOf(ask: Ask): Promise<string[]> {
	const rows = await ask('select version from supabase_migrations.schema_migrations order by version');
	return rows.map(({ version }) => String(version));
}

/** A query for the rows of a table: each a JSON array of its values' texts, in the order of the columns. */
export function selectRows({ name, columns, where }: Table): string {
	const values = columns.map((column) => `t.${quoted(column.name)}::text`);
	return `select json_build_array(${values.join(', ')})::text as line from ${name} t${where ? ` where ${where}` : ''}`;
}

/** A statement that puts in the rows of one parameter: a JSON array of such arrays. */
export function insertRows({ name, columns }: Table): string {
	const values = columns.map(({ type }, at) => `(r.v ->> ${at})::${type}`);
	const names = columns.map((column) => quoted(column.name));
	return `insert into ${name} (${names.join(', ')})
		select ${values.join(', ')} from json_array_elements($1::text::json) r (v)`;
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
