import type postgres from 'postgres';

/** A table or view that the REST interface could show, with its columns and their types. */
export interface Table {
	schema: string;
	name: string;
	columns: { name: string; type: string }[];
}

/** A function that the REST interface could call. */
export interface DatabaseFunction {
	schema: string;
	name: string;
	args: { name: string; type: string }[];
}

/** Every table and view outside the system's own schemas, as the catalog knows them. */
export async function tablesIn(sql: postgres.Sql): Promise<Table[]> {
	return sql<Table[]>`
		select n.nspname as schema, c.relname as name, json_agg(
			json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum
		) as columns
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relkind in ('r', 'v', 'm', 'p', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
		group by 1, 2 order by 1, 2
	`;
}

/** Every function outside the system's own schemas. */
export async function functionsIn(sql: postgres.Sql): Promise<DatabaseFunction[]> {
	return sql<DatabaseFunction[]>`
		select n.nspname as schema, p.proname as name, coalesce((
			select json_agg(json_build_object('name', coalesce(p.proargnames[i], ''), 'type', format_type(t, null)) order by i)
			from unnest(p.proargtypes::oid[]) with ordinality as x (t, i)
		), '[]') as args
		from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where n.nspname not in ('pg_catalog', 'information_schema') and p.prokind = 'f'
			and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
		order by 1, 2
	`;
}

/** What every row of every table is, in one question, so that two moments can be compared. */
export async function snapshotOf(sql: postgres.Sql, tables: Table[]): Promise<Map<string, string[]>> {
	const each = tables.map(({ schema, name }) => {
		const table = `"${schema}"."${name}"`;
		return `select '${schema}.${name}' as name, coalesce(array_agg(t::text order by t::text), '{}') as rows from ${table} t`;
	});
	const found = await sql.unsafe<{ name: string; rows: string[] }[]>(each.join(' union all '), [], { prepare: true });
	return new Map(found.map(({ name, rows }) => [name, rows]));
}
